import { messageOf } from '@crosswind/aws/problem';
import { z } from 'zod';
import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import { parsedJson, type Json } from '@crosswind/aws/json';
import { MAX_PAYLOAD_BYTES } from '@crosswind/workflow/limits';
import type { Execution } from '../runtime/execution.ts';
import type { DeployedStateMachine } from '../runtime/state-machines.ts';
import { stateMachineFor } from './named-resources.ts';
import { requested } from './requested.ts';
import { arn } from './request-fields.ts';
import { type StatesApi, type StatesOperation, epochSeconds } from './states-api.ts';
import { statesError } from './states-error.ts';

const request = z.object({
  stateMachineArn: arn,
  name: z.string().min(1).max(80).optional(),
  input: z
    .string()
    .refine((text) => Buffer.byteLength(text) <= MAX_PAYLOAD_BYTES, {
      error: `have size less than or equal to ${MAX_PAYLOAD_BYTES} bytes in UTF-8 encoding`,
    })
    .default('{}'),
});

/** White space, brackets, wildcards, special and control characters, and what takes two units of UTF-16. */
const notInNames = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}\u{FFFE}\u{FFFF}\u{10000}-\u{10FFFF}]/u;

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
export const startExecution: StatesOperation = (api, call) => {
  const { arn: executionArn, startedAt } = startRequested(api, call, 'states:StartExecution', () => undefined);
  return { executionArn, startDate: epochSeconds(startedAt) };
};

/**
 * Starts what a request names, if its sender may take the action.
 * @param check refuses a state machine by throwing
 */
export function startRequested(
  api: StatesApi,
  call: AwsJsonCall,
  action: string,
  check: (machine: DeployedStateMachine) => void,
): Execution {
  const { stateMachineArn, name, input } = requested(request, call.body);
  check(stateMachineFor(api, call, action, stateMachineArn));
  if (name !== undefined && notInNames.test(name)) throw statesError('InvalidName', `Invalid Name: '${name}'`);
  const started = api.executions.start({ stateMachineArn, name, input: inputOf(input) });
  if (!started.ok) throw statesError(started.code, started.message);
  return started.execution;
}

function inputOf(text: string): Json {
  try {
    return parsedJson(text);
  } catch (error) {
    throw invalidInput(messageOf(error));
  }
}

const invalidInput = (why: string): Error =>
  statesError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${why}'`);
