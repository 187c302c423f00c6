import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox, SandboxProps } from '../../src/sandbox.ts';
import { allow, role, sandboxWith, stateMachine, states, trusting } from '../../src/testing/literals.ts';

export const account = '444444444444';
export const parentArn = `arn:aws:states:us-east-1:${account}:stateMachine:parent`;
export const childArn = `arn:aws:states:us-east-1:${account}:stateMachine:child`;
export const childRun = `arn:aws:states:us-east-1:${account}:execution:child:run`;
const rule = `arn:aws:events:us-east-1:${account}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule`;

/** A role of the same account for `Credentials`, with which a machine needs no rule for events. */
export const starterArn = `arn:aws:iam::${account}:role/starter`;

export const mayStart = allow('states:StartExecution', childArn);
export const mayDescribe = allow('states:DescribeExecution', `${childRun.replace(/run$/, '')}*`);
export const mayMakeRule = allow(['events:PutTargets', 'events:PutRule', 'events:DescribeRule'], rule);

/** Differences from a parent that waits with `.sync:2` for a child that takes 12 seconds. */
export interface Difference extends SandboxProps {
  readonly resource?: string;
  readonly task?: JsonObject;
  readonly child?: JsonObject;
  readonly childProperties?: JsonObject;
  /** Statements of the parent's role. */
  readonly may?: readonly JsonObject[];
}

/** A parent and a child in one account. */
export function sameAccount(difference: Difference = {}): Promise<Sandbox> {
  const {
    resource = 'states:startExecution.sync:2',
    task = {},
    may = [mayStart, mayDescribe, mayMakeRule],
  } = difference;
  const { child = { Work: { Type: 'Wait', Seconds: 12, Output: { answer: 42 }, End: true } }, childProperties } =
    difference;
  const start = {
    Type: 'Task',
    Resource: `arn:aws:states:::${resource}`,
    Arguments: { StateMachineArn: childArn, Name: 'run', Input: '{% $states.input %}' },
    TimeoutSeconds: 3_600,
    End: true,
    ...task,
  };
  const resources = {
    ChildRole: role('child-role', states),
    Starter: role('starter', trusting({ AWS: `arn:aws:iam::${account}:root` }), mayStart, mayDescribe),
    MachineRole: role('parent-role', states, ...may),
    Child: stateMachine('child', child, childProperties),
    Parent: stateMachine('parent', { Start: start }),
  };
  return sandboxWith([{ account, resources }], difference);
}
