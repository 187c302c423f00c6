import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import type { Finding } from '../../cli/preflight/finding.ts';
import { baselineCommand, findingsIn } from './preflighted.ts';
import { administratorIn, letManagementIn, runPrinted } from './printed-command.ts';
import { type PushedPlatform, pushedPlatform, stackOfStackSet } from './pushed-platform.ts';

const [monitoring, parentDev, childDev] = ['222222222222', '333333333333', '444444444444'] as const;
const region = 'us-east-1';
const hasAws = spawnSync('aws', ['--version']).status === 0;
const text = (part: string): unknown => expect.stringContaining(part);

let pushed: PushedPlatform;
let sandbox: Sandbox;
let links: Sandbox['observability']['links'];
let sinks: Sandbox['observability']['sinks'];
let own: Sandbox['observability']['links'][number];
let others: Sandbox['observability']['links'];
beforeAll(async () => {
  pushed = await pushedPlatform({ isPushed: false });
  ({ sandbox } = pushed);
});
beforeEach(() => {
  ({ links, sinks } = sandbox.observability);
  const link = links.find(({ account }) => account === parentDev);
  if (!link) throw new Error('no link');
  own = link;
  others = links.filter((each) => each !== link);
});
afterEach(() => {
  Object.assign(sandbox.observability, { links, sinks });
});
afterAll(() => sandbox.close());

const foreign = (id: number) => `arn:aws:oam:${region}:888888888888:sink/${id}`;
const linkTo = (sinkArn: string) => ({ ...own, arn: `${own.arn}-${sinkArn.slice(-1)}`, sinkArn });

const findings = (...args: readonly string[]) => findingsIn(pushed.environment, ...args);

describe('crosswind preflight and the link of an account', { timeout: 120_000 }, () => {
  const ourSink = (): string => own.sinkArn;

  test.each<readonly [string, () => Sandbox['observability']['links'], () => Partial<Record<keyof Finding, unknown>>]>([
    ['nothing', () => [], () => ({ found: 'no link', fix: baselineCommand('word-parent-dev') })],
    [
      'the sink of another team alone',
      () => [linkTo(foreign(1))],
      () => ({
        found: `only a link to ${foreign(1)}, which is not that of the monitoring account`,
        fix: baselineCommand('word-parent-dev'),
      }),
    ],
    [
      'an earlier sink of the monitoring account',
      () => [linkTo(`${ourSink()}-of-before`)],
      () => ({
        found: `only a link to ${ourSink()}-of-before, which is not there any more`,
        fix: baselineCommand('word-parent-dev'),
      }),
    ],
    [
      'five sinks of others, which leave no room',
      () => [1, 2, 3, 4, 5].map((id) => linkTo(foreign(id))),
      () => ({ fix: text(`AWS allows 5: aws oam delete-link --region us-east-1 --identifier ${own.arn}-1 #`) }),
    ],
    [
      'our sink, without its metrics',
      () => [{ ...own, resourceTypes: ['AWS::XRay::Trace'] }],
      () => ({
        found: `a link to ${ourSink()} that shares AWS::XRay::Trace`,
        needed: 'one that shares AWS::CloudWatch::Metric, AWS::Logs::LogGroup, AWS::XRay::Trace',
        fix: text(`aws oam update-link --region us-east-1 --identifier ${own.arn} --resource-types AWS::CloudWatch::`),
      }),
    ],
  ])('to %s is found', async (_, planted, expected) => {
    sandbox.observability.links = [...others, ...planted()];
    expect(await findings()).toEqual([
      expect.objectContaining({
        ...{ check: 'link', severity: 'error', account: 'word-parent-dev', region },
        ...expected(),
      }),
    ]);
  });

  test('to our sink and to that of another team is as it should be', async () => {
    sandbox.observability.links = [...links, linkTo(foreign(1))];
    expect(await findings()).toEqual([]);
  });
});

describe('crosswind preflight and the sink', { timeout: 120_000 }, () => {
  test('finds that it is gone, and brings it back with the link of any account that lost it', async () => {
    Object.assign(sandbox.observability, { links: [], sinks: [] });
    const found = await findings();
    expect(found).toHaveLength(6);
    expect(found[0]).toMatchObject({ account: 'monitoring', found: 'no sink', fix: baselineCommand('monitoring') });
    expect(found.find(({ id }) => id === childDev)).toMatchObject({
      ...{ found: 'no link', needed: 'a link to the sink of the monitoring account, which has none' },
      fix: baselineCommand('monitoring', 'word-child-dev'),
    });
  });

  test('takes the sink of another team for none of ours', async () => {
    sandbox.observability.sinks = sinks.map((sink) => ({ ...sink, arn: `${sink.arn}-of-others` }));
    const [first] = await findings('--account', 'monitoring');
    expect(first).toMatchObject({
      found: text('-of-others, which the baseline does not have'),
      fix: text('have its owner delete it, or choose another monitoring.account: aws oam delete-sink'),
    });
    // A link to it is none to ours.
    sandbox.observability.links = links.map((each) => ({ ...each, sinkArn: `${each.sinkArn}-of-others` }));
    expect(await findings('--account', 'word-child-dev')).toMatchObject([{ check: 'link', id: childDev }]);
  });

  test('judges no link where the monitoring account cannot be read, and says so', async () => {
    const arn = `arn:aws:iam::${monitoring}:role/crosswind-viewer`;
    const role = sandbox.identities.role(arn);
    sandbox.identities.removeRole(arn);
    sandbox.observability.links = others;
    const [all, one] = [await findings(), await findings('--account', 'word-parent-dev')];
    if (role) {
      const { policies, trust, ...rest } = role;
      sandbox.identities.addRole({ ...rest, trust: trust.document }).policies.push(...policies);
    }
    for (const found of [all, one]) expect(found).toMatchObject([{ check: 'viewer role', account: 'monitoring' }]);
    expect(await findings()).toMatchObject([{ check: 'link', account: 'word-parent-dev' }]);
  });
});

const run = promisify(execFile);

/** Calls the served API with the AWS CLI, as an administrator of the account. */
async function byHand(on: Sandbox, account: string, ...args: readonly string[]): Promise<void> {
  await run('aws', args, { env: { ...process.env, ...administratorIn(on, account) } });
}

describe.skipIf(!hasAws)('the printed commands bring back what was deleted by hand:', { timeout: 400_000 }, () => {
  let first: PushedPlatform;
  afterEach(() => first.sandbox.close());
  const linkOf = (account: string): string =>
    first.sandbox.observability.links.find((link) => link.account === account)?.arn ?? '';
  const deleteLink = (account: string) =>
    byHand(first.sandbox, account, 'oam', 'delete-link', '--identifier', linkOf(account));

  test('a link', async () => {
    first = await pushedPlatform({ isPushed: false });
    letManagementIn(first.sandbox, monitoring, childDev);
    await deleteLink(childDev);
    const [finding, ...rest] = await findingsIn(first.environment);
    expect([finding?.found, rest]).toEqual(['no link', []]);
    await runPrinted(first.sandbox, finding?.fix ?? '');
    expect(await findingsIn(first.environment)).toEqual([]);
  });

  test('a link of a stack that a StackSet has deployed', async () => {
    first = await pushedPlatform({ isPushed: false, byStackSet: [childDev] });
    await deleteLink(childDev);
    const [finding, ...rest] = await findingsIn(first.environment);
    expect([finding?.found, rest]).toEqual(['no link', []]);
    expect(finding?.fix).toContain(`--stack-name ${stackOfStackSet}`);
    await runPrinted(first.sandbox, finding?.fix ?? '', childDev);
    expect(await findingsIn(first.environment)).toEqual([]);
  });

  test('the sink, and links to it', async () => {
    first = await pushedPlatform({ isPushed: false });
    letManagementIn(first.sandbox, monitoring, childDev);
    for (const { account } of first.sandbox.observability.links) await deleteLink(account);
    const [{ arn } = { arn: '' }] = first.sandbox.observability.sinksOf(monitoring);
    await byHand(first.sandbox, monitoring, 'oam', 'delete-sink', '--identifier', arn);
    const looked = ['--account', 'monitoring', '--account', 'word-child-dev'];
    const [sink, link, ...rest] = await findingsIn(first.environment, ...looked);
    expect([sink?.found, link?.found, rest]).toEqual(['no sink', 'no link', []]);
    // The command of the account brings the sink as well.
    await runPrinted(first.sandbox, link?.fix ?? '');
    expect(await findingsIn(first.environment, ...looked)).toEqual([]);
  });
});
