import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox, SandboxProps } from '../../src/sandbox.ts';
import type { Execution } from '../../src/step-functions/runtime/execution.ts';
import { type Resources, execute, role, sandboxWith, stateMachine, states } from '../../src/testing/literals.ts';
import { operatorIn } from './api/operator.ts';

export const account = '444444444444';
export const machineArn = `arn:aws:states:us-east-1:${account}:stateMachine:caller`;

/** One task in a machine, what its role may do, and what else is there. */
export interface Calling extends SandboxProps {
  readonly resource: string;
  readonly args?: JsonObject;
  readonly task?: JsonObject;
  /** States behind the task. */
  readonly behind?: JsonObject;
  readonly may?: readonly JsonObject[];
  readonly resources?: Resources;
  /** Other accounts with an operator. */
  readonly others?: readonly string[];
}

/** A sandbox with a machine of one task. */
export function calling({
  resource,
  args,
  task = {},
  behind = {},
  may = [],
  resources = {},
  others = [],
  ...props
}: Calling): Promise<Sandbox> {
  const state = { Type: 'Task', Resource: resource, ...(args && { Arguments: args }), End: true, ...task };
  const machine = {
    MachineRole: role('caller-role', states, ...may),
    Caller: stateMachine('caller', { Call: state, ...behind }),
  };
  const stacks = [
    { account, resources: { ...resources, ...machine } },
    operatorIn(account),
    ...others.map((other) => operatorIn(other)),
  ];
  return sandboxWith(stacks, props);
}

/** The same, run to its end. */
export async function called(
  difference: Calling,
  input: JsonObject = {},
): Promise<{ sandbox: Sandbox; execution: Execution }> {
  const sandbox = await calling(difference);
  return { sandbox, execution: await execute(sandbox, machineArn, input) };
}
