import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { SandboxProps } from '@crosswind/sandbox/sandbox';
import { allow, type Resources, stateMachine } from '@crosswind/sandbox/testing/literals';
import {
  type Difference,
  childArn,
  mayDescribe,
  mayStart,
  mayStop,
  parentArn,
  trustingParent,
  twoAccounts,
} from '@crosswind/sandbox/testing/two-accounts';
import type { ClaimId } from '../../../cli/why/claim-ids.ts';
import type { Explanation } from '../../../cli/why/explanation.ts';
import { explainInSandbox } from '../../../cli/why/sources/sandbox.ts';
import { runWorkload } from '../../../cli/local/run-workload.ts';
import { twoStages } from '../local/two-stages.ts';
import {
  distributed,
  encryptedBucket,
  explainedRun,
  invoking,
  mapping,
  measured,
  oneAccount,
  oneAccountPair,
  oneLoop,
  started,
  work,
  writing,
} from './small-runs.ts';

const idsOf = ({ claims }: Explanation): readonly ClaimId[] => claims.map(({ id }) => id);

describe('a parent in another account', () => {
  const explained = async (difference: Difference): Promise<Explanation> => {
    const sandbox = await twoAccounts(difference);
    await runWorkload(sandbox, { stages: twoStages, input: {}, name: 'run' });
    return explainInSandbox(sandbox, { stages: twoStages });
  };

  test('that may do everything is fine', async () => {
    expect(idsOf(await explained({}))).toEqual(['succeeded']);
  });

  test.each<[ClaimId, Difference, string]>([
    ['stuck-parent', { target: [mayStart, mayStop] }, 'identity policy'],
    ['start-denied', { target: [mayDescribe, mayStop] }, 'identity policy'],
    ['wrong-external-id', { trust: trustingParent({}, 'somebody else') }, 'trust policy'],
    ['wrong-trust', { trust: trustingParent({ AWS: 'arn:aws:iam::222222222222:root' }) }, 'trust policy'],
    ['permission-denied', { parent: [] }, 'identity policy'],
  ])('gets the one claim %s, with the statement that fixes it', async (id, difference, document) => {
    const { claims, fixes, evidence } = await explained(difference);
    expect(claims).toMatchObject([{ id, certain: true }]);
    expect(fixes[0]).toMatchObject({ kind: 'statement', place: expect.stringContaining(document) as string });
    expect(evidence).toContainEqual(expect.objectContaining({ kind: 'decision', id: 'denial-1', verdict: 'denied' }));
  });

  const stopped = async (machine: string, target = [mayStart, mayDescribe, mayStop]): Promise<Explanation> => {
    const sandbox = await twoAccounts({ target });
    sandbox.executions.start({ stateMachineArn: parentArn, name: 'run', input: {} });
    await sandbox.settle(0.5);
    for (const { arn } of sandbox.executions.of(machine)) sandbox.executions.stop(arn);
    await sandbox.settle(0.2);
    return explainInSandbox(sandbox, { stages: twoStages });
  };

  test('that was stopped, and may not stop its child, leaves it running', async () => {
    const { claims, fixes } = await stopped(parentArn, [mayStart, mayDescribe]);
    expect(claims.map(({ id }) => id)).toEqual(['stop-missing', 'aborted']);
    expect(fixes.map(({ kind }) => kind)).toEqual(['command', 'statement', 'command']);
  });

  test('that was stopped together with its child is stopped, and no more', async () => {
    expect(idsOf(await stopped(parentArn))).toEqual(['aborted']);
  });

  test('whose child was stopped hears of that', async () => {
    expect(idsOf(await stopped(childArn))).toEqual(['child-killed']);
  });

  test('that runs is healthy, and says since when its state runs', async () => {
    const sandbox = await twoAccounts();
    sandbox.executions.start({ stateMachineArn: parentArn, name: 'first', input: {} });
    await sandbox.settle(5);
    sandbox.executions.start({ stateMachineArn: parentArn, name: 'second', input: {} });
    await sandbox.settle(0.5);
    const { claims } = explainInSandbox(sandbox, { stages: twoStages });
    expect(claims).toMatchObject([{ id: 'healthy', for: 30 }]);
    expect(claims[0]?.sentence).toContain(
      'Start of the parent has run for 30.0 s, it usually takes 60.0 s (as in first',
    );
  });

  test('that takes longer than the run before is slow', async () => {
    const sandbox = await twoAccounts({
      child: { Work: { Type: 'Wait', Seconds: '{% $states.input.seconds %}', End: true } },
    });
    sandbox.executions.start({ stateMachineArn: parentArn, name: 'first', input: { seconds: 10 } });
    await sandbox.settle(1);
    sandbox.executions.start({ stateMachineArn: parentArn, name: 'second', input: { seconds: 600 } });
    await sandbox.settle(1);
    expect(idsOf(explainInSandbox(sandbox, { stages: twoStages }))).toEqual(['slow']);
  });
});

describe('a parent in the same account', () => {
  const explained = async (props: SandboxProps, ...actions: readonly string[]): Promise<Explanation> =>
    explainedRun(await oneAccount(oneAccountPair(...actions), props), 'parent');

  test('hears of the end by the event', async () => {
    expect(idsOf(await explained({}, 'states:DescribeExecution'))).toEqual(['succeeded']);
    expect(idsOf(await explained({}))).toEqual(['succeeded']);
  });

  test('hears of it by a poll where the event is lost', async () => {
    expect(idsOf(await explained({ loseEvents: true }, 'states:DescribeExecution'))).toEqual(['event-lost']);
  });

  test('hangs where the event is lost and it may not poll', async () => {
    const { claims, fixes } = await explained({ loseEvents: true });
    expect(claims).toMatchObject([{ id: 'event-lost-without-permission', certain: true }]);
    expect(fixes[0]).toMatchObject({ kind: 'statement', statement: { Action: 'states:DescribeExecution' } });
  });
});

const failOn = (condition: string): JsonObject => ({
  Which: { Type: 'Choice', Choices: [{ Condition: condition, Next: 'Broken' }], Default: 'Fine' },
  Broken: { Type: 'Fail', Error: 'Unreadable', Cause: 'no number' },
  Fine: { Type: 'Succeed' },
});

const numbers = (count: number): JsonObject => ({ items: Array.from({ length: count }, (_, index) => index + 1) });

describe('a Map Run', () => {
  const tolerant = { ToleratedFailurePercentage: 5 };

  test.each<[string, string, ClaimId]>([
    ['none of its items fails', '{% false %}', 'succeeded'],
    ['4 % of its items fail, which it tolerates', '{% $states.input <= 4 %}', 'failing-items'],
    ['6 % of its items fail', '{% $states.input <= 6 %}', 'too-many-failed-items'],
    ['one item fails alone', '{% $states.input = 7 %}', 'poisoned-object'],
  ])('of which %s', async (_, condition, id) => {
    const sandbox = await oneAccount(mapping(failOn(condition), tolerant));
    const { claims } = await explainedRun(sandbox, 'map', numbers(100));
    expect(claims[0]?.id).toBe(id);
    if (id !== 'succeeded') expect(claims[0]?.sentence).toContain('Unreadable');
  });

  test('names the item that fails alone', async () => {
    const { claims } = await explainedRun(
      await oneAccount(mapping(failOn('{% $states.input = 7 %}'), tolerant)),
      'map',
      numbers(20),
    );
    expect(claims[0]?.sentence).toContain('its items: 7');
  });

  test.each<[string, JsonObject, ClaimId]>([
    ['has found no item', { items: [] }, 'source-empty'],
    ['has found one', { items: [1] }, 'succeeded'],
  ])('that %s', async (_, input, id) => {
    const sandbox = await oneAccount(mapping(failOn('{% false %}')));
    expect(idsOf(await explainedRun(sandbox, 'map', input))).toEqual([id]);
  });

  test.each<[number, ClaimId]>([
    [1, 'map-run-backlog'],
    [2, 'capacity-nearly-used'],
    [3, 'healthy'],
  ])('with a quota of %s open Map Runs in the account', async (openMapRuns, id) => {
    const holding = mapping({ Hold: { Type: 'Wait', Seconds: 600, End: true } });
    const sandbox = await oneAccount(holding, { quotas: { openMapRuns } });
    await started(sandbox, 'map', numbers(1), 1);
    const second = await started(sandbox, 'map', numbers(1), 3);
    expect(idsOf(explainInSandbox(sandbox, { of: second }))[0]).toBe(id);
  });

  const results = (enabled: boolean, ...may: readonly JsonObject[]): Resources => ({
    ...mapping(failOn('{% false %}'), writing, ...may),
    ...encryptedBucket(enabled),
  });
  const mayWrite = allow('s3:*');
  const mayUseKey = allow('kms:*');

  test.each<[string, Resources, ClaimId]>([
    ['may write its results', results(true, mayWrite, mayUseKey), 'succeeded'],
    ['may not write its results', results(true, mayUseKey), 'results-denied'],
    ['may not use the key of its results', results(true, mayWrite), 'key-denied'],
    ['has a key that is disabled', results(false, mayWrite, mayUseKey), 'key-disabled'],
  ])('that %s', async (_, resources, id) => {
    expect(idsOf(await explainedRun(await oneAccount(resources), 'map', numbers(1)))[0]).toBe(id);
  });
});

describe('a function', () => {
  const retried = {
    Retry: [{ ErrorEquals: ['Lambda.TooManyRequestsException'], IntervalSeconds: 1, MaxAttempts: 20 }],
  };
  const explained = async (code: string, properties: JsonObject = {}, count = 1): Promise<Explanation> =>
    explainedRun(await oneAccount({ ...mapping(invoking(retried)), ...work(code, properties) }), 'map', numbers(count));

  test.each<[string, ClaimId, string, JsonObject]>([
    ['that answers', 'succeeded', 'return {}', {}],
    [
      'that ends at its timeout',
      'function-timeout',
      'await new Promise((done) => setTimeout(done, 5_000))',
      { Timeout: 1 },
    ],
    [
      'that takes nearly as long as it may',
      'slow-function',
      'await new Promise((done) => setTimeout(done, 900))',
      { Timeout: 1 },
    ],
    [
      'that ends without memory',
      'out-of-memory',
      "process.kill(process.pid, 'SIGKILL'); await new Promise(() => {})",
      {},
    ],
    ['that fails', 'failed', "throw new Error('broken')", {}],
  ])('%s', async (_, id, code, properties) => {
    const found = idsOf(await explained(code, properties));
    expect(id === 'failed' ? found.filter((each) => each !== 'too-many-failed-items') : found[0]).toEqual(
      id === 'failed' ? [] : id,
    );
  });

  test.each<[string, JsonObject, ClaimId]>([
    ['without concurrency for all', { ReservedConcurrentExecutions: 1 }, 'lambda-throttled'],
    ['with concurrency for all', { ReservedConcurrentExecutions: 10 }, 'succeeded'],
  ])('%s', async (_, properties, id) => {
    const { claims, fixes } = await explained('await new Promise((done) => setTimeout(done, 50))', properties, 3);
    expect(claims[0]?.id).toBe(id);
    if (id === 'lambda-throttled')
      expect(fixes[0]).toMatchObject({ sentence: 'raise ReservedConcurrentExecutions from 1' });
  });
});

describe('functions that count', () => {
  const explained = async (metrics: Readonly<Record<string, number>>, then = ''): Promise<Explanation> => {
    const code = `if (input < 5) return {}; ${measured(metrics)}; ${then}`;
    const sandbox = await oneAccount({ ...mapping(invoking(), { ToleratedFailureCount: 0 }), ...work(code) });
    return explainInSandbox(sandbox, { of: await started(sandbox, 'map', numbers(5)), tenant: 'orders' });
  };

  test('items as failed name their share', async () => {
    const { claims } = await explained({ Objects: 40, FailedObjects: 2 });
    expect(claims).toMatchObject([{ id: 'failing-items', sentence: expect.stringContaining('(5.0 %)') as string }]);
  });

  test('none as failed are fine', async () => {
    expect(idsOf(await explained({ Objects: 40, FailedObjects: 0 }))).toEqual(['succeeded']);
  });

  const fail = "throw new Error('too many')";
  test.each<[number, readonly ClaimId[]]>([
    [1, ['poisoned-object', 'too-many-failed-items']],
    [2, ['too-many-failed-items']],
  ])('%s as failed, in a batch that is lost', async (FailedObjects, ids) => {
    expect(idsOf(await explained({ Objects: 40, FailedObjects }, fail))).toEqual(ids);
  });
});

describe('quotas', () => {
  test.each<[number, ClaimId]>([
    [1, 'capacity-nearly-used'],
    [10, 'succeeded'],
  ])('a function that takes one of %s concurrent executions of the account', async (lambdaConcurrency, id) => {
    const sandbox = await oneAccount(
      { ...mapping(invoking()), ...work('return {}') },
      { quotas: { lambdaConcurrency } },
    );
    expect(idsOf(await explainedRun(sandbox, 'map', numbers(1)))).toEqual([id]);
  });

  test('Map Runs of one state that wait are one claim', async () => {
    const each = distributed({ Hold: { Type: 'Wait', Seconds: 600, End: true } });
    const all: JsonObject = {
      Type: 'Map',
      Items: [1, 2, 3],
      ItemSelector: { items: [1] },
      ItemProcessor: { StartAt: 'Each', States: { Each: each } },
      End: true,
    };
    const resources = { ...mapping({ Done: { Type: 'Succeed' } }), Many: stateMachine('many', { All: all }) };
    const sandbox = await oneAccount(resources, { quotas: { openMapRuns: 1 } });
    const { claims } = explainInSandbox(sandbox, { of: await started(sandbox, 'many', {}, 3) });
    expect(claims).toMatchObject([{ id: 'map-run-backlog' }]);
    expect(claims[0]?.sentence).toMatch(/^2 Map Runs Each of the many have waited up to /);
  });

  const loop = (rounds: number): Resources => ({
    ...mapping(failOn('{% false %}')),
    ...oneLoop(rounds),
  });

  test.each<[string, number, ClaimId]>([
    ['more state transitions than the bucket has', 100, 'transition-throttling'],
    ['nearly all state transitions of a minute', 240, 'capacity-nearly-used'],
    ['as many state transitions as the bucket has', 5, 'succeeded'],
  ])('%s', async (_, rounds, id) => {
    const size = id === 'capacity-nearly-used' ? 1_000 : 50;
    const sandbox = await oneAccount(loop(rounds), { quotas: { stateTransitions: { size, refillPerSecond: 10 } } });
    expect(idsOf(await explainedRun(sandbox, 'loop'))).toEqual([id]);
  });

  test.each<[number, ClaimId]>([
    [1, 'describe-throttled'],
    [1_000, 'succeeded'],
  ])('%s polls that the bucket has', async (size, id) => {
    const quotas = { actions: { DescribeExecution: { size, refillPerSecond: 1 } } };
    const sandbox = await oneAccount(oneAccountPair('states:DescribeExecution'), { quotas, pollIntervalSeconds: 0.3 });
    expect(idsOf(await explainedRun(sandbox, 'parent'))[0]).toBe(id);
  });
});
