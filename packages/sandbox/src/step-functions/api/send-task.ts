import { messageOf } from '@crosswind/aws/problem';
import { z } from 'zod';
import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import { permit } from '../../aws-json/permit.ts';
import { parsedJson, type Json } from '@crosswind/aws/json';
import { MAX_PAYLOAD_BYTES } from '@crosswind/workflow/limits';
import type { AwaitedTask } from '../runtime/task-tokens.ts';
import { requested } from './requested.ts';
import type { StatesApi, StatesOperation } from './states-api.ts';
import { statesError } from './states-error.ts';

const taskToken = z.string().min(1).max(2_048);
const successRequest = z.object({
  taskToken,
  output: z.string().refine((text) => Buffer.byteLength(text) <= MAX_PAYLOAD_BYTES, {
    error: `have size less than or equal to ${MAX_PAYLOAD_BYTES} bytes in UTF-8 encoding`,
  }),
});
const failureRequest = z.object({
  taskToken,
  error: z.string().max(256).optional(),
  cause: z.string().max(32_768).optional(),
});
const heartbeatRequest = z.object({ taskToken });

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html */
export const sendTaskSuccess: StatesOperation = (api, call) => {
  const { taskToken: token, output } = requested(successRequest, call.body);
  const task = taskFor(api, call, 'states:SendTaskSuccess', token);
  task.succeed(outputOf(output));
  return {};
};

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskFailure.html */
export const sendTaskFailure: StatesOperation = (api, call) => {
  const { taskToken: token, error, cause } = requested(failureRequest, call.body);
  taskFor(api, call, 'states:SendTaskFailure', token).fail(error, cause);
  return {};
};

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskHeartbeat.html */
export const sendTaskHeartbeat: StatesOperation = (api, call) => {
  const { taskToken: token } = requested(heartbeatRequest, call.body);
  taskFor(api, call, 'states:SendTaskHeartbeat', token).heartbeat();
  return {};
};

/** The task that waits for the token; these actions know no resource (service authorization reference). */
function taskFor(api: StatesApi, call: AwsJsonCall, action: string, token: string): AwaitedTask {
  permit(api.authorize, call, action, '*');
  const found = api.taskTokens.find(token, call.principal.account);
  if (found.ok) return found.task;
  throw statesError(found.code, found.message);
}

function outputOf(text: string): Json {
  try {
    return parsedJson(text);
  } catch (error) {
    const why = messageOf(error);
    throw statesError('InvalidOutput', `Invalid Output: '${why}'`);
  }
}
