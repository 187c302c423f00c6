import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { administrator } from '../../../../cli/local/administrator.ts';
import { changedAssembly, changes } from './changed-assembly.ts';
import { FailingPlatform } from './failing-platform.ts';
import { type Meant, stackIn } from './faults.ts';
import { treatments } from './stack-runbook.ts';

/** `npm run test:long` fails every resource; otherwise a few of the stack that has the data. */
const isLong = process.env['FAILING_RESOURCES'] === 'all';
const few: Meant = ({ type, logicalId }, { name }) =>
  name === 'crosswind-wind-speed-child' &&
  (/^(WeatherSource|WeatherKey|WeatherResultsPolicy)/.test(logicalId) || type === 'Custom::WeatherSample');
const meant: Meant = isLong ? () => true : few;

/** The template of the pipeline's own stack is an asset whose key a changed copy of the assembly keeps: not updated yet. */
const changedHere: Meant = (resource, stack) => stack.name !== 'Crosswind' && meant(resource, stack);

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
const stacksOf = (platform: FailingPlatform, isMeant: Meant): readonly string[] =>
  platform.stacks
    .filter((stack) => platform.places(isMeant).some((place) => place.startsWith(`${stackIn(stack)}/`)))
    .filter(({ template }) => Object.keys(template.Resources).length > 1)
    .map(stackIn)
    .sort();

/** Statuses that no push leaves: people do, or an operation that runs. Not met yet. */
const notMet = ['CREATE_FAILED', 'REVIEW_IN_PROGRESS', '_IN_PROGRESS'];

/** Rows of the runbook that a stack was in, and that its commands have ended. */
const met = new Set<string>();

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
    expect(created.stuck.once.toSorted()).toEqual(stacksOf(platform, meant));
    expect(created.stuck['for good'].toSorted()).toEqual(stacksOf(platform, meant));
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
    expect(updated.failed.toSorted()).toEqual(platform.places(changedHere).toSorted());
    expect(updated.met).toEqual(new Set(['UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED']));
    expect(updated.stuck.once.toSorted()).toEqual(stacksOf(platform, changedHere));
    expect(updated.stuck['for good'].toSorted()).toEqual(stacksOf(platform, changedHere));
    expect(dataOf(platform)).toEqual(before);
    for (const row of [...created.met, ...updated.met]) met.add(row);
  });

  test('was in each status that the runbook treats', () => {
    expect([...met, ...notMet].sort()).toEqual([...treatments.keys()].sort());
  });
});
