import { z } from 'zod';
import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import { type Json, isArray, isObject } from '../../workflow/json.ts';
import { MAX_PAYLOAD_BYTES } from '../../workflow/limits.ts';
import type { Execution } from '../execution.ts';
import type { DeployedStateMachine } from '../state-machines.ts';
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

/** JSON that is nested deeper is refused, before anything recurses into it; AWS documents no limit. */
const deepest = 1_000;

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
  let input: Json;
  try {
    input = JSON.parse(text) as Json;
  } catch (error) {
    throw invalidInput(error instanceof Error ? error.message : String(error));
  }
  if (isDeeperThan(deepest, input)) throw invalidInput(`nested deeper than ${deepest} levels`);
  return input;
}

const invalidInput = (why: string): Error =>
  statesError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${why}'`);

const isDeeperThan = (levels: number, value: Json): boolean =>
  (isArray(value) || isObject(value)) &&
  (levels === 0 || Object.values(value).some((inner: Json) => isDeeperThan(levels - 1, inner)));
