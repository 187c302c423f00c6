import type { SFNClient } from '@aws-sdk/client-sfn';
import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox } from '../../../src/sandbox.ts';
import { role, sandboxWith, stateMachine, states } from '../../../src/testing/literals.ts';
import { clientIn, operatorIn } from './operator.ts';

export const account = '444444444444';
export const machineArn = `arn:aws:states:us-east-1:${account}:stateMachine:waiting`;
export const executionArnOf = (name: string): string => `arn:aws:states:us-east-1:${account}:execution:waiting:${name}`;

const wait = { Wait: { Type: 'Wait', Seconds: 60, End: true } };

/** A sandbox with a machine that waits for a minute, and a client that may do everything with it. */
export async function waitingMachine(
  properties: JsonObject = {},
): Promise<{ readonly sandbox: Sandbox; readonly client: SFNClient }> {
  const resources = {
    MachineRole: role('machine-role', states),
    Waiting: stateMachine('waiting', wait, properties),
  };
  const sandbox = await sandboxWith([{ account, resources }, operatorIn(account)]);
  return { sandbox, client: clientIn(sandbox, account) };
}

/** Lets a minute pass, and with it everything that is under way. */
export const passTime = (cloud: Sandbox): Promise<void> => cloud.simulation.run(() => false);
