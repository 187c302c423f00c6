import { z } from 'zod';
import { redriveObstacle } from '../runtime/redrivable.ts';
import { RedriveTokens } from '../runtime/redrive-tokens.ts';
import { executionFor } from './named-resources.ts';
import { arn } from './request-fields.ts';
import { requested } from './requested.ts';
import { type StatesOperation, epochSeconds } from './states-api.ts';
import { statesError } from './states-error.ts';

const request = z.object({
  executionArn: arn,
  clientToken: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[!-~]+$/, { error: 'satisfy regular expression pattern: [!-~]+' })
    .optional(),
});

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html */
export const redriveExecution: StatesOperation = (api, call) => {
  const { executionArn, clientToken } = requested(request, call.body);
  const execution = executionFor(api, call, 'states:RedriveExecution', executionArn);
  const now = api.now();
  const tokens = (execution.redriveTokens ??= new RedriveTokens());
  const before = clientToken === undefined ? undefined : tokens.redrivenAt(clientToken, now);
  if (before !== undefined) return { redriveDate: epochSeconds(before) };
  const obstacle = execution.dispatch
    ? 'Execution was started by a Map Run and is redriven by it'
    : redriveObstacle(execution, now);
  if (obstacle !== undefined) throw statesError('ExecutionNotRedrivable', obstacle);
  api.executions.redrive(executionArn);
  if (clientToken !== undefined) tokens.add(clientToken, now);
  return { redriveDate: epochSeconds(now) };
};
