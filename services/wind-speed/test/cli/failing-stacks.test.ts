import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { administrator } from '../../../../cli/local/administrator.ts';
import { assembledApp } from '../../../../cli/local/assembled-app.ts';
import { changedAssembly, changes } from './changed-assembly.ts';
import { FailingPlatform } from './failing-platform.ts';
import { type Meant, stackIn } from './faults.ts';
import { treatments } from './stack-runbook.ts';

/** `npm run test:long` fails every resource; otherwise a few of the stack that has the data. */
const isLong = process.env['FAILING_RESOURCES'] === 'all';
const few: Meant = ({ type, logicalId }, { name }) =>
  name === 'crosswind-wind-speed-child' &&
  (/^WeatherSource[0-9A-F]{8}$/.test(logicalId) || type === 'Custom::WeatherSample');
const meant: Meant = isLong ? () => true : few;

type Bucket = NonNullable<ReturnType<FailingPlatform['sandbox']['storage']['bucket']>>;

/** Buckets of weather and results, with the content of every version of what does not belong to the sample. */
function dataOf({ sandbox, stacks }: FailingPlatform) {
  const children = stacks.filter(({ name }) => name === 'crosswind-wind-speed-child');
  return children.flatMap(({ account, region, name: stack }) =>
    [...(sandbox.cloudFormation.stacks.find({ account, region }, stack)?.resources ?? [])].flatMap(([id, resource]) => {
      if (!/^Weather(Source|Results)[0-9A-F]{8}$/.test(id)) return [];
      const bucket = sandbox.storage.bucket(resource.deployed?.name ?? '');
      if (!bucket) return [];
      const place = { account, region, name: bucket.name };
      return [{ ...place, current: [...bucket.objects.keys()], versions: versionsIn(bucket) }];
    }),
  );
}

/** Versions that do not belong to the sample: key, id and content, or that it is a delete marker. */
const versionsIn = ({ objects, hidden }: Bucket): readonly (readonly (string | undefined)[])[] =>
  [...new Set([...objects.keys(), ...hidden.keys()])]
    .filter((key) => !key.startsWith('sample/'))
    .sort()
    .flatMap((key) => [objects.get(key) ?? [], hidden.get(key) ?? []].flat())
    .map((version) => [
      version.key,
      version.versionId,
      'file' in version ? readFileSync(version.file.path, 'utf8') : 'delete marker',
    ]);

/** Stacks that have a resource that is meant, and another one whose rollback can fail. */
const stacksOf = (platform: FailingPlatform): readonly string[] =>
  platform.stacks
    .filter((stack) => platform.places(meant).some((place) => place.startsWith(`${stackIn(stack)}/`)))
    .filter(({ template }) => Object.keys(template.Resources).length > 1)
    .map(stackIn)
    .sort();

/** Rows of the runbook that a stack was in, and that its commands have ended. */
const met = new Set<string>();

/** Statuses in which somebody who deploys by hand leaves the stack of the alerts, and the end of the next push. */
const byHand: readonly LeftByHand[] = [
  {
    status: 'REVIEW_IN_PROGRESS',
    leave: (platform) =>
      platform.ask(alertsOf(platform), 'CreateChangeSet', {
        ...{ StackName: alerts, ChangeSetName: 'never-executed', ChangeSetType: 'CREATE' },
        TemplateBody: JSON.stringify(alertsOf(platform).template),
      }),
    end: /crosswind-alerts.* is in REVIEW_IN_PROGRESS state and can not be updated/,
  },
  {
    status: 'CREATE_FAILED',
    leave: (platform) => {
      const TopicArn = 'arn:aws:sns:us-east-1:222222222222:absent';
      const Properties = { TopicArn, Protocol: 'email', Endpoint: 'on-call@example.com' };
      const Resources = { Topic: { Type: 'AWS::SNS::Topic' }, Broken: { Type: 'AWS::SNS::Subscription', Properties } };
      return platform.ask(alertsOf(platform), 'CreateStack', {
        ...{ StackName: alerts, OnFailure: 'DO_NOTHING', TemplateBody: JSON.stringify({ Resources }) },
      });
    },
    end: /cannot be updated from \[CREATE_FAILED\] state/,
  },
];

interface LeftByHand {
  readonly status: string;
  readonly leave: (platform: FailingPlatform) => Promise<unknown>;
  readonly end: RegExp;
}

const alerts = 'crosswind-alerts';
const alertsOf = ({ stacks }: FailingPlatform) => stackNamed(stacks, alerts);

function stackNamed(stacks: FailingPlatform['stacks'], name: string): FailingPlatform['stacks'][number] {
  const stack = stacks.find((each) => each.name === name);
  if (!stack) throw new Error(`there is no stack ${name}`);
  return stack;
}

describe('a platform whose resources fail once', () => {
  test('is complete after the runbook and the next push, while it is created and while it is changed', async () => {
    const platform = await FailingPlatform.open(meant);
    onTestFinished(() => platform.close());
    const types = platform.stacks.flatMap(({ template }) => Object.values(template.Resources).map(({ Type }) => Type));
    expect([...new Set(types)].sort()).toEqual(Object.keys(changes).sort());

    const created = await platform.pushed();
    expect(created.end).toBeUndefined();
    expect(created.failed.toSorted()).toEqual(platform.places(meant).toSorted());
    expect(created.met).toEqual(new Set(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'DELETE_FAILED']));
    expect(created.stuck.once.toSorted()).toEqual(stacksOf(platform));
    expect(created.stuck['for good'].toSorted()).toEqual(stacksOf(platform));
    if (isLong) expect(created.removedByHand).toContain('AWS::IAM::Role');

    for (const { account, region, name: bucket } of dataOf(platform)) {
      const person = administrator(platform.sandbox, account, region);
      for (const content of ['wind', 'more wind']) {
        await platform.sandbox.storage.put(person, { bucket, key: 'gsod/2022/a.csv', body: Buffer.from(content) });
      }
      await platform.sandbox.storage.put(person, { bucket, key: 'gsod/2022/b.csv', body: Buffer.from('calm') });
      await platform.sandbox.storage.delete(person, { bucket, key: 'gsod/2022/b.csv' });
    }
    const before = dataOf(platform);
    expect(before.map(({ current }) => current.length).sort()).toEqual([1, 1, 13, 13]);
    expect(before.map(({ versions }) => versions.map(([, , content]) => content))).toEqual(
      Array.from({ length: 4 }, () => ['more wind', 'wind', 'delete marker', 'calm']),
    );

    const updated = await platform.pushed(changedAssembly(platform.assembly));
    expect(updated.end).toBeUndefined();
    expect(updated.failed.toSorted()).toEqual(platform.places(meant).toSorted());
    expect(updated.met).toEqual(new Set(['UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED']));
    expect(updated.stuck.once.toSorted()).toEqual(stacksOf(platform));
    expect(updated.stuck['for good'].toSorted()).toEqual(stacksOf(platform));
    expect(dataOf(platform)).toEqual(before);
    for (const row of [...created.met, ...updated.met]) met.add(row);
  });

  test('goes on after somebody has left a stack half-done, and after the end of what runs', async () => {
    const platform = await FailingPlatform.open(() => false);
    onTestFinished(() => platform.close());
    for (const { status, leave, end } of byHand) {
      await leave(platform);
      expect(await platform.push()).toMatch(end);
      expect(await platform.mend()).toEqual(new Set([status]));
      met.add(status);
    }
    expect(await platform.push()).toBeUndefined();

    const release = platform.faults.hold();
    const changed = changedAssembly(platform.assembly);
    const { template } = stackNamed(assembledApp(changed).assembled, alerts);
    const request = { StackName: alerts, TemplateBody: JSON.stringify(template) };
    await platform.ask(alertsOf(platform), 'UpdateStack', request, '', false);
    expect(await platform.push()).toMatch(/is in UPDATE_IN_PROGRESS state and can not be updated/);
    const mended = await platform.mend(() => {
      release();
      return platform.sandbox.cloudFormation.settled();
    });
    expect(mended).toEqual(new Set(['_IN_PROGRESS']));
    met.add('_IN_PROGRESS');
    expect(await platform.push()).toBeUndefined();
  });

  test('was in each status that the runbook treats', () => {
    expect([...met].sort()).toEqual([...treatments.keys()].sort());
  });
});
