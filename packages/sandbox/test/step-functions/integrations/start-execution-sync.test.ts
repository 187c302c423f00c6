import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../src/sandbox.ts';
import type { Execution } from '../../../src/step-functions/runtime/execution.ts';
import { allow, execute, now, typesOf } from '../../../src/testing/literals.ts';
import {
  type Difference,
  childArn,
  childExecutions,
  mayDescribe,
  mayStart,
  mayStop,
  parentArn,
  parentRoleArn,
  targetRoleArn,
  trustingParent,
  twoAccounts,
} from '../../../src/testing/two-accounts.ts';

async function runOf(difference: Difference = {}) {
  const sandbox = await twoAccounts(difference);
  const parent = await execute(sandbox, parentArn, { year: 2022 });
  return { sandbox, parent, child: childOf(sandbox) };
}

const childOf = (cloud: Sandbox): Execution | undefined => cloud.executions.of(childArn).at(-1);
const deniedActions = ({ decisions }: Sandbox): readonly string[] =>
  decisions.denials().map(({ request, times }) => `${request.action} ${times}`);
const started = ['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted'];

describe('a parent that waits for a child in another account', () => {
  test('gets what DescribeExecution says, input and output as JSON', async () => {
    const { parent, child } = await runOf();
    expect(parent.outcome).toEqual({
      status: 'SUCCEEDED',
      output: {
        ExecutionArn: `${childExecutions}run`,
        Input: { year: 2022 },
        InputDetails: { Included: true },
        Name: 'run',
        Output: { answer: 42 },
        OutputDetails: { Included: true },
        StartDate: now,
        StateMachineArn: childArn,
        Status: 'SUCCEEDED',
        StopDate: now + 60_000,
      },
    });
    expect(child?.outcome).toEqual({ status: 'SUCCEEDED', output: { answer: 42 } });
  });

  test('has the history that AWS writes', async () => {
    const { parent } = await runOf();
    expect(typesOf(parent)).toEqual([
      ...started,
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('only polls, as the target role: it hears of the end at the next poll', async () => {
    const { sandbox, parent } = await runOf({
      child: { Work: { Type: 'Wait', Seconds: 58, End: true } },
    });
    expect(parent.stoppedAt).toBe(now + 60_000);
    expect(sandbox.decisions.allowed()).toMatchObject({ 'states:StartExecution': 1, 'states:DescribeExecution': 12 });
    expect(sandbox.decisions.denials()).toEqual([]);
  });

  test.each([
    ['fails', { Work: { Type: 'Fail', Error: 'Broken', Cause: 'on purpose' } }, 'FAILED', 'Broken', 'on purpose'],
    ['fails without a word', { Work: { Type: 'Fail' } }, 'FAILED', undefined, undefined],
  ])('fails with States.TaskFailed when the child %s: the cause is its description', async (_, child, ...expected) => {
    const { parent } = await runOf({ child });
    const { outcome } = parent;
    if (outcome?.status !== 'FAILED') throw new Error(`expected a failure, got ${JSON.stringify(outcome)}`);
    expect(outcome.error).toBe('States.TaskFailed');
    const description = JSON.parse(outcome.cause ?? '') as Record<string, unknown>;
    expect([description['Status'], description['Error'], description['Cause']]).toEqual(expected);
    expect(description).toMatchObject({ ExecutionArn: `${childExecutions}run`, Input: { year: 2022 } });
    expect(description).not.toHaveProperty('Output');
  });

  test('fails with States.TaskFailed when the child is aborted by somebody', async () => {
    const sandbox = await twoAccounts();
    const cloud = sandbox;
    cloud.simulation.at(now + 30_000, () => {
      cloud.executions.stop(`${childExecutions}run`);
    });
    const parent = await execute(sandbox, parentArn);
    expect(parent.outcome).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(parent.outcome).toHaveProperty('cause', expect.stringContaining('"Status":"ABORTED"'));
  });
});

describe('without states:DescribeExecution', () => {
  const hanging = { target: [mayStart, mayStop] };

  test('the parent hangs after TaskSubmitted until its timeout, with no event between', async () => {
    const { parent, child } = await runOf(hanging);
    expect(child).toMatchObject({ outcome: { status: 'SUCCEEDED' }, stoppedAt: now + 60_000 });
    expect(typesOf(parent)).toEqual([...started, 'TaskSubmitted', 'TaskTimedOut', 'ExecutionFailed']);
    expect(parent.outcome).toEqual({ status: 'FAILED', error: 'States.Timeout', cause: undefined });
    expect(parent.stoppedAt).toBe(now + 3_600_000);
  });

  test('every poll is denied, and they count as one denial', async () => {
    const { sandbox } = await runOf(hanging);
    expect(deniedActions(sandbox)).toEqual(['states:DescribeExecution 719']);
  });

  test('it hangs as well when the permission is on the state machine instead of its executions', async () => {
    const { parent } = await runOf({ target: [mayStart, mayStop, allow('states:DescribeExecution', childArn)] });
    expect(parent.outcome).toMatchObject({ error: 'States.Timeout' });
  });
});

describe('a start that fails', () => {
  const failure = async (difference: Difference) => {
    const { parent, sandbox } = await runOf(difference);
    expect(typesOf(parent)).toEqual([...started, 'TaskFailed', 'ExecutionFailed']);
    return { outcome: parent.outcome, sandbox };
  };

  test('for want of the child says that it does not exist', async () => {
    const { outcome } = await failure({ child: null });
    expect(outcome).toEqual({
      status: 'FAILED',
      error: 'StepFunctions.StateMachineDoesNotExistException',
      cause: `State Machine Does Not Exist: '${childArn}' (Service: AWSStepFunctions; Status Code: 400; Error Code: StateMachineDoesNotExist; Request ID: simulated)`,
    });
  });

  test('for want of states:StartExecution says who may not', async () => {
    const { outcome, sandbox } = await failure({ target: [mayDescribe, mayStop] });
    expect(outcome).toEqual({
      status: 'FAILED',
      error: 'StepFunctions.AWSStepFunctionsException',
      cause: `User: arn:aws:sts::222222222222:assumed-role/target/run is not authorized to perform: states:StartExecution on resource: ${childArn} because no identity-based policy allows the states:StartExecution action (Service: AWSStepFunctions; Status Code: 400; Error Code: AccessDeniedException; Request ID: simulated)`,
    });
    expect(deniedActions(sandbox)).toEqual(['states:StartExecution 1']);
    expect(childOf(sandbox)).toBeUndefined();
  });

  test('is tried again as often as the retrier says', async () => {
    const retrier = { ErrorEquals: ['StepFunctions.AWSStepFunctionsException'], IntervalSeconds: 2, MaxAttempts: 4 };
    const { sandbox, parent } = await runOf({ target: [mayDescribe, mayStop], task: { Retry: [retrier] } });
    expect(parent.outcome).toMatchObject({ error: 'StepFunctions.AWSStepFunctionsException' });
    expect(deniedActions(sandbox)).toEqual(['states:StartExecution 5']);
    expect(parent.stoppedAt).toBe(now + (2 + 4 + 8 + 16) * 1_000);
  });
});

describe('the target role', () => {
  test.each<[string, Difference]>([
    ['trusts another account', { trust: trustingParent({ AWS: 'arn:aws:iam::222222222222:root' }) }],
    ['expects another external id', { trust: trustingParent({}, `${parentArn}-2`) }],
    ['is not one that the parent may assume', { parent: [] }],
  ])('is refused to the parent if it %s', async (_, difference) => {
    const { parent, sandbox, child } = await runOf(difference);
    expect(parent.outcome).toEqual({
      status: 'FAILED',
      error: 'States.TaskFailed',
      cause: `The role ${parentRoleArn} is not authorized to assume the task state's role, ${targetRoleArn}.`,
    });
    expect(deniedActions(sandbox)).toEqual(['sts:AssumeRole 1']);
    expect(child).toBeUndefined();
  });

  test('may be caught when it is refused', async () => {
    const { parent } = await runOf({
      parent: [],
      task: { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught', Output: '{% $states.errorOutput.Error %}' }] },
      more: { Caught: { Type: 'Pass', End: true } },
    });
    expect(parent.outcome).toEqual({ status: 'SUCCEEDED', output: 'States.TaskFailed' });
  });
});

describe('a parent that gives up', () => {
  const stopAfter = async (seconds: number, difference: Difference = {}) => {
    const sandbox = await twoAccounts(difference);
    const cloud = sandbox;
    const running = cloud.executions.start({ stateMachineArn: parentArn, name: 'run', input: {} });
    cloud.simulation.at(now + seconds * 1_000, () => {
      cloud.executions.stop(running.ok ? running.execution.arn : '');
    });
    await cloud.simulation.run(() => false);
    return { sandbox, parent: running.ok ? running.execution : undefined, child: childOf(sandbox) };
  };

  test('stops the child with it', async () => {
    const { parent, child, sandbox } = await stopAfter(30);
    expect(parent).toMatchObject({ outcome: { status: 'ABORTED' }, stoppedAt: now + 30_000 });
    expect(child).toMatchObject({ outcome: { status: 'ABORTED' }, stoppedAt: now + 30_000 });
    expect(sandbox.decisions.allowed()).toMatchObject({ 'states:StopExecution': 1 });
  });

  test('leaves the child running without states:StopExecution, and nobody hears of it', async () => {
    const { parent, child, sandbox } = await stopAfter(30, { target: [mayStart, mayDescribe] });
    expect(parent?.outcome).toMatchObject({ status: 'ABORTED' });
    expect(parent && typesOf(parent)).toEqual([...started, 'TaskSubmitted', 'ExecutionAborted']);
    expect(child).toMatchObject({ outcome: { status: 'SUCCEEDED' }, stoppedAt: now + 60_000 });
    expect(deniedActions(sandbox)).toEqual(['states:StopExecution 1']);
  });

  test('polls no more', async () => {
    const { sandbox } = await stopAfter(30, { target: [mayStart, mayDescribe] });
    expect(sandbox.decisions.allowed()).toMatchObject({ 'states:DescribeExecution': 5 });
  });

  test('stops the child when the time of the task is up', async () => {
    const { sandbox, parent } = await runOf({ task: { TimeoutSeconds: 20 } });
    await sandbox.simulation.run(() => false);
    expect(parent.outcome).toMatchObject({ error: 'States.Timeout' });
    expect(childOf(sandbox)).toMatchObject({ outcome: { status: 'ABORTED' }, stoppedAt: now + 20_000 });
  });
});

describe('a name that is used twice', () => {
  const startChild = (cloud: Sandbox, input: Record<string, number>) =>
    cloud.executions.start({ stateMachineArn: childArn, name: 'run', input });

  test('gives the execution that is running, if its input is the same: a start that is tried again starts nothing', async () => {
    const sandbox = await twoAccounts();
    startChild(sandbox, { year: 2022 });
    const parent = await execute(sandbox, parentArn, { year: 2022 });
    expect(parent.outcome).toMatchObject({ status: 'SUCCEEDED', output: { Output: { answer: 42 } } });
    expect(sandbox.executions.of(childArn)).toHaveLength(1);
  });

  const exists = {
    status: 'FAILED',
    error: 'StepFunctions.ExecutionAlreadyExistsException',
    cause: `Execution Already Exists: '${childExecutions}run' (Service: AWSStepFunctions; Status Code: 400; Error Code: ExecutionAlreadyExists; Request ID: simulated)`,
  };

  test('is refused for another input', async () => {
    const sandbox = await twoAccounts();
    startChild(sandbox, { year: 2023 });
    expect((await execute(sandbox, parentArn, { year: 2022 })).outcome).toEqual(exists);
  });

  test('is refused once the execution has ended', async () => {
    const sandbox = await twoAccounts({ child: { Done: { Type: 'Succeed' } } });
    startChild(sandbox, { year: 2022 });
    await sandbox.simulation.run(() => false);
    expect((await execute(sandbox, parentArn, { year: 2022 })).outcome).toEqual(exists);
  });
});
