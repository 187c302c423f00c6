import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox } from '../sandbox.ts';
import { type LiteralStack, allow, role, sandboxWith, stateMachine, states, trusting } from './literals.ts';

export const parentAccount = '111111111111';
export const childAccount = '222222222222';
export const parentArn = `arn:aws:states:us-east-1:${parentAccount}:stateMachine:parent`;
export const childArn = `arn:aws:states:us-east-1:${childAccount}:stateMachine:child`;
export const childExecutions = `arn:aws:states:us-east-1:${childAccount}:execution:child:`;
export const parentRoleArn = `arn:aws:iam::${parentAccount}:role/parent-role`;
export const targetRoleArn = `arn:aws:iam::${childAccount}:role/target`;

/** Differences from a parent that starts the child, waits for it, and returns its result. */
export interface Difference {
  /** The child's states; null for no child at all. */
  readonly child?: JsonObject | null;
  /** Statements of the target role. */
  readonly target?: readonly JsonObject[];
  readonly trust?: JsonObject;
  /** Statements of the parent's role. */
  readonly parent?: readonly JsonObject[];
  /** Fields of the state that starts the child. */
  readonly task?: JsonObject;
  /** Statements of the child's role. */
  readonly childMay?: readonly JsonObject[];
  /** States that follow, for its catchers. */
  readonly more?: JsonObject;
}

export const mayStart = allow('states:StartExecution', childArn);
export const mayDescribe = allow('states:DescribeExecution', `${childExecutions}*`);
export const mayStop = allow('states:StopExecution', `${childExecutions}*`);

/** The trust of the real platform: the parent's account, with conditions on its role and its state machine. */
export const trustingParent = (principal: JsonObject = {}, externalId = parentArn): JsonObject =>
  trusting(
    { AWS: `arn:aws:iam::${parentAccount}:root`, ...principal },
    { ArnEquals: { 'aws:PrincipalArn': parentRoleArn }, StringEquals: { 'sts:ExternalId': externalId } },
  );

/** A minute of work. */
export const minuteOfWork: JsonObject = {
  Work: { Type: 'Wait', Seconds: 60, Next: 'Done' },
  Done: { Type: 'Pass', Output: { answer: 42 }, End: true },
};

/** A parent and a child in their own accounts, deployed in a sandbox. */
export const twoAccounts = (difference: Difference = {}): Promise<Sandbox> => sandboxWith(twoStacks(difference));

/** The stacks of a parent and a child in their own accounts. */
export function twoStacks(difference: Difference = {}): readonly LiteralStack[] {
  const {
    child = minuteOfWork,
    target = [mayStart, mayDescribe, mayStop],
    trust = trustingParent(),
    parent = [allow('sts:AssumeRole', targetRoleArn)],
    task = {},
    childMay = [],
    more = {},
  } = difference;
  const start = {
    Type: 'Task',
    Resource: 'arn:aws:states:::states:startExecution.sync:2',
    Credentials: { RoleArn: targetRoleArn },
    Arguments: {
      StateMachineArn: childArn,
      Name: '{% $states.context.Execution.Name %}',
      Input: '{% $states.input %}',
    },
    TimeoutSeconds: 3_600,
    ...(!('Next' in task) && { End: true }),
    ...task,
  };
  return [
    {
      account: parentAccount,
      resources: {
        MachineRole: role('parent-role', states, ...parent),
        Parent: stateMachine('parent', { Start: start, ...more }),
      },
    },
    {
      account: childAccount,
      resources: {
        Target: role('target', trust, ...target),
        MachineRole: role('child-role', states, ...childMay),
        ...(child && { Child: stateMachine('child', child) }),
      },
    },
  ];
}
