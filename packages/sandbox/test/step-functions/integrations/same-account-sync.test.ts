import { describe, expect, test } from 'vitest';
import { allow, execute, now, typesOf } from '../../../src/testing/literals.ts';
import {
  type Difference,
  childArn,
  childRun,
  mayDescribe,
  mayMakeRule,
  mayStart,
  parentArn,
  sameAccount,
  starterArn,
} from '../same-account.ts';

async function runOf(difference: Difference = {}) {
  const sandbox = await sameAccount(difference);
  const parent = await execute(sandbox, parentArn, { year: 2022 });
  return { sandbox, parent };
}

/** When the child ends, and when its event arrives. */
const childEnds = now + 12_000;
const eventArrives = childEnds + 500;
const withoutDescribe = [mayStart, mayMakeRule];
const described = {
  ExecutionArn: childRun,
  Input: { year: 2022 },
  InputDetails: { Included: true },
  Name: 'run',
  Output: { answer: 42 },
  OutputDetails: { Included: true },
  StartDate: now,
  StateMachineArn: childArn,
  Status: 'SUCCEEDED',
  StopDate: childEnds,
};

describe('a parent that waits for a child in its own account', () => {
  test('hears of its end by an event, before it would ask again', async () => {
    const { parent, sandbox } = await runOf();
    expect(parent.outcome).toEqual({ status: 'SUCCEEDED', output: described });
    expect(parent.stoppedAt).toBe(eventArrives);
    expect(sandbox.decisions.allowed()).toMatchObject({ 'states:DescribeExecution': 2 });
  });

  test('has the history that AWS writes', async () => {
    const { parent } = await runOf();
    expect(typesOf(parent).join(' ')).toBe(
      'ExecutionStarted TaskStateEntered TaskScheduled TaskStarted TaskSubmitted TaskSucceeded TaskStateExited ExecutionSucceeded',
    );
  });

  test('gets input and output as text by .sync', async () => {
    const { parent } = await runOf({ resource: 'states:startExecution.sync' });
    const output = { ...described, Input: '{"year":2022}', Output: '{"answer":42}' };
    expect(parent.outcome).toEqual({ status: 'SUCCEEDED', output });
  });

  test('ends late when the event is lost: by asking', async () => {
    const { parent } = await runOf({ loseEvents: true });
    expect(parent.outcome).toEqual({ status: 'SUCCEEDED', output: described });
    expect(parent.stoppedAt).toBe(now + 15_000);
  });

  test('ends without states:DescribeExecution, so that nobody notices that it is missing', async () => {
    const { parent } = await runOf({ may: withoutDescribe });
    expect(parent.outcome).toEqual({ status: 'SUCCEEDED', output: described });
    expect(parent.stoppedAt).toBe(eventArrives);
  });

  test('hangs until its timeout when the event is lost and the permission is missing', async () => {
    const { parent } = await runOf({ may: withoutDescribe, loseEvents: true });
    expect(parent.outcome).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(parent.stoppedAt).toBe(now + 3_600_000);
  });

  test.each([
    ['fails', { Work: { Type: 'Fail', Error: 'Broken', Cause: 'on purpose' } }, '"Status":"FAILED"'],
    ['is stopped by its own timeout', { Work: { Type: 'Wait', Seconds: 12, End: true } }, '"Status":"TIMED_OUT"'],
  ])('fails with States.TaskFailed when the child %s', async (_, child, cause) => {
    const definition = { QueryLanguage: 'JSONata', StartAt: 'Work', States: child, TimeoutSeconds: 5 };
    const { parent } = await runOf({ childProperties: { Definition: definition } });
    expect(parent.outcome).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(parent.outcome).toHaveProperty('cause', expect.stringContaining(cause));
  });

  test('only asks where no machine has made the rule for events', async () => {
    const task = { Credentials: { RoleArn: starterArn } };
    const { parent } = await runOf({ task, may: [allow('sts:AssumeRole', starterArn)] });
    expect(parent.outcome).toEqual({ status: 'SUCCEEDED', output: described });
    expect(parent.stoppedAt).toBe(now + 15_000);
  });

  test('cannot wait for an Express workflow', async () => {
    const { parent } = await runOf({ childProperties: { StateMachineType: 'EXPRESS' } });
    expect(parent.outcome).toMatchObject({ status: 'FAILED', error: 'StepFunctions.AWSStepFunctionsException' });
  });
});

describe('an event that is too large for the output', () => {
  /** 215 KB as JSON, and 258 KB escaped: each of the texts has two quotes. */
  const large = { Work: { Type: 'Wait', Seconds: 12, Output: "{% [1..21500].('abcdefg') %}", End: true } };
  const task = { Output: '{% $count($states.result.Output) %}' };

  test('makes Step Functions ask at once', async () => {
    const { parent } = await runOf({ child: large, task });
    expect(parent.outcome).toEqual({ status: 'SUCCEEDED', output: 21_500 });
    expect(parent.stoppedAt).toBe(eventArrives);
  });

  test('leaves the parent hanging without states:DescribeExecution', async () => {
    const { parent } = await runOf({ child: large, task, may: withoutDescribe });
    expect(parent.outcome).toMatchObject({ error: 'States.Timeout' });
  });

  test('is not there for an output that fits', async () => {
    const small = { Work: { Type: 'Wait', Seconds: 12, Output: "{% [1..20000].('abcdefg') %}", End: true } };
    const { parent } = await runOf({ child: small, task, may: withoutDescribe });
    expect(parent.outcome).toEqual({ status: 'SUCCEEDED', output: 20_000 });
  });
});

describe('a task that starts a workflow and goes on', () => {
  const resource = 'states:startExecution';

  test('gets the ARN of the execution, while that runs', async () => {
    const { parent, sandbox } = await runOf({ resource, may: [mayStart] });
    expect(parent.outcome).toEqual({ status: 'SUCCEEDED', output: { ExecutionArn: childRun, StartDate: now } });
    expect(parent.stoppedAt).toBe(now);
    expect(sandbox.executions.get(childRun)?.outcome).toBeUndefined();
  });

  test('needs states:StartExecution', async () => {
    const { parent } = await runOf({ resource, may: [mayDescribe] });
    expect(parent.outcome).toMatchObject({ status: 'FAILED', error: 'StepFunctions.AWSStepFunctionsException' });
  });
});
