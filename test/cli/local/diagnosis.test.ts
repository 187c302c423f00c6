import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { type Diagnosis, diagnose } from '../../../cli/local/diagnosis.ts';
import { type WorkloadRun, runWorkload } from '../../../cli/local/run-workload.ts';
import { allow } from '@crosswind/sandbox/testing/literals';
import {
  type Difference,
  childExecutions,
  mayDescribe,
  mayStart,
  mayStop,
  parentArn,
  targetRoleArn,
  trustingParent,
  twoAccounts,
} from '@crosswind/sandbox/testing/two-accounts';
import { twoStages } from './two-stages.ts';

async function runOf(difference: Difference = {}, stopParentAfterSeconds?: number) {
  const sandbox = await twoAccounts(difference);
  const { decisions } = sandbox;
  if (stopParentAfterSeconds !== undefined) {
    sandbox.simulation.at(sandbox.simulation.now() + stopParentAfterSeconds * 1_000, () => {
      sandbox.executions.of(parentArn).forEach(({ arn }) => {
        sandbox.executions.stop(arn);
      });
    });
  }
  const run = await runWorkload(sandbox, { stages: twoStages, input: {}, name: 'run' });
  return { run, denials: decisions.denials(), diagnosis: diagnose(run, decisions.denials()) };
}

const eventsOf = async (difference: Difference, stopAfterSeconds?: number): Promise<readonly string[] | undefined> =>
  (await runOf(difference, stopAfterSeconds)).diagnosis?.events;

const parent = 'parent parent in account 111111111111';
const child = 'child child in account 222222222222';

describe('a run that succeeded', () => {
  test('needs no diagnosis', async () => {
    expect((await runOf()).diagnosis).toBeUndefined();
  });

  test('gets one if something was denied in it', async () => {
    const [{ run }, { denials }] = [await runOf(), await runOf({ target: [mayStart, mayStop] })];
    expect(diagnose(run, denials)).toMatchObject({
      events: [
        `${parent}: SUCCEEDED after 60.0 s of simulated time`,
        `${child}: SUCCEEDED after 60.0 s of simulated time`,
      ],
    });
  });
});

describe('the events', () => {
  test('of a parent that hangs tell since when the child was done', async () => {
    expect(await eventsOf({ target: [mayStart, mayStop] })).toMatchInlineSnapshot(`
      [
        "parent parent in account 111111111111: FAILED after 60 min of simulated time, States.Timeout",
        "child child in account 222222222222: SUCCEEDED after 60.0 s of simulated time",
        "the parent hung after TaskSubmitted: the child had SUCCEEDED, and the parent waited 59 min more",
      ]
    `);
  });

  test('of a parent that hangs do so, too, when an earlier attempt was answered', async () => {
    const { run } = await runOf({ target: [mayStart, mayStop] });
    const [first] = run.entry.history;
    if (!first) throw new Error('expected a history');
    const entry = { ...run.entry, history: [{ ...first, type: 'TaskFailed' }, ...run.entry.history] };
    const stages = run.stages.map((stage) => (stage.execution === run.entry ? { ...stage, execution: entry } : stage));
    const diagnosis = diagnose({ entry, stages }, []);
    expect(diagnosis?.events.at(-1)).toMatch(/^the parent hung after TaskSubmitted/);
  });

  test('of a failure with an empty cause end with its error', async () => {
    const events = await eventsOf({ child: { Work: { Type: 'Fail', Error: 'Broken', Cause: '' } } });
    expect(events).toContain(`${child}: FAILED after 0.0 s of simulated time, Broken`);
  });

  test('of a parent that was told how its child ended speak of no hanging', async () => {
    expect(await eventsOf({ child: { Work: { Type: 'Fail', Error: 'Broken' } } })).toEqual([
      expect.stringMatching(new RegExp(`^${parent}: FAILED after 5\\.0 s of simulated time, States\\.TaskFailed: `)),
      `${child}: FAILED after 0.0 s of simulated time, Broken`,
    ]);
  });

  test('of a child that nobody stopped tell how long it ran on', async () => {
    expect(await eventsOf({ target: [mayStart, mayDescribe] }, 20)).toEqual([
      `${parent}: ABORTED after 20.0 s of simulated time`,
      `${child}: SUCCEEDED after 60.0 s of simulated time`,
      'the child ran on for 40.0 s after the parent was ABORTED: nobody stopped it',
    ]);
  });

  test('of a child that was stopped with its parent do not', async () => {
    expect(await eventsOf({}, 20)).toEqual([
      `${parent}: ABORTED after 20.0 s of simulated time`,
      `${child}: ABORTED after 20.0 s of simulated time`,
    ]);
  });

  test('of executions that never ended say so', async () => {
    const { run } = await runOf();
    const endless = ({ outcome: _, stoppedAt: __, ...rest }: WorkloadRun['entry']) => rest;
    const [caller, called] = run.stages.map((stage) => ({
      ...stage,
      execution: stage.execution && endless(stage.execution),
    }));
    if (!caller?.execution || !called) throw new Error('expected two stages');
    const hanging = { entry: caller.execution, stages: [caller, called] };
    expect(diagnose(hanging, [])?.events).toEqual([`${parent} never ended`, `${child} never ended`]);
    const aborted = { ...run.entry, outcome: { status: 'ABORTED' as const } };
    const left = { entry: aborted, stages: [{ ...caller, execution: aborted }, called] };
    expect(diagnose(left, [])?.events.at(-1)).toBe('the child runs on after the parent was ABORTED: nobody stopped it');
  });

  test('without a child say that none was started', async () => {
    expect(await eventsOf({ parent: [] })).toEqual([
      `${parent}: FAILED after 0.0 s of simulated time, States.TaskFailed: The role arn:aws:iam::111111111111:role/parent-role is not authorized to assume the task state's role, ${targetRoleArn}.`,
      'no child was started',
    ]);
  });
});

describe('a cause', () => {
  const failing = (cause: string): Difference => ({ child: { Work: { Type: 'Fail', Error: 'Broken', Cause: cause } } });
  const told = (message: string): readonly string[] => [
    `${parent}: FAILED after 5.0 s of simulated time, States.TaskFailed: ${message}`,
    `${child}: FAILED after 0.0 s of simulated time, Broken: ${message}`,
  ];
  const fromFunction = JSON.stringify({
    errorType: 'AccessDenied',
    errorMessage: 'User: "x" may not',
    trace: ['a', 'b'],
  });

  test.each([
    ['is told as it is', 'the disk is full', 'the disk is full'],
    ['of a function is its message, however deep it is packed', fromFunction, 'User: "x" may not'],
    ['that is JSON without a message is told as it is', '{"code":7}', '{"code":7}'],
    ['is cut after 300 characters', 'x'.repeat(301), `${'x'.repeat(300)}…`],
    ['of 300 characters is not', 'x'.repeat(300), 'x'.repeat(300)],
  ])('%s', async (_, cause, message) => {
    expect(await eventsOf(failing(cause))).toEqual(told(message));
  });
});

describe('a denial', () => {
  const denialsOf = async (difference: Difference): Promise<Diagnosis['denials']> =>
    (await runOf(difference)).diagnosis?.denials ?? [];

  test('says who lacks what on which ARN, how often, and which statement would mend it', async () => {
    expect(await denialsOf({ target: [mayStart, mayStop] })).toEqual([
      {
        sentence: `role ${targetRoleArn} lacks states:DescribeExecution on ${childExecutions}run of account 222222222222: no statement of its identity policies names states:DescribeExecution`,
        times: 719,
        mends: [
          {
            place: `identity policy of ${targetRoleArn}`,
            statement: { Effect: 'Allow', Action: 'states:DescribeExecution', Resource: `${childExecutions}*` },
          },
        ],
      },
    ]);
  });

  test('is mended by that statement: with it, the run succeeds', async () => {
    const [denial] = await denialsOf({ target: [mayStart, mayStop] });
    const mends = (denial?.mends ?? []).map(({ statement }) => statement as JsonObject);
    expect((await runOf({ target: [mayStart, mayStop, ...mends] })).diagnosis).toBeUndefined();
  });

  test('by a condition gives the statement corrected, and where it stands', async () => {
    const [denial] = await denialsOf({ trust: trustingParent({}, 'somebody else') });
    expect(denial?.mends.map(({ place }) => place)).toEqual([`trust policy of ${targetRoleArn}`]);
    const corrected = denial?.mends[0]?.statement as JsonObject;
    expect(corrected['Condition']).toMatchObject({ StringEquals: { 'sts:ExternalId': parentArn } });
    expect((await runOf({ trust: corrected })).diagnosis).toBeUndefined();
  });

  test('by a Deny has no statement to add', async () => {
    const never = { ...allow('states:StartExecution'), Effect: 'Deny', Sid: 'Never' };
    expect(await denialsOf({ target: [mayStart, never] })).toMatchObject([
      { sentence: expect.stringMatching(/is explicitly denied .* by statement "Never"/) as unknown, mends: [] },
    ]);
  });
});
