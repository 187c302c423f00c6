import { z } from 'zod';
import { executionFor } from './named-resources.ts';
import { arn } from './request-fields.ts';
import { requested } from './requested.ts';
import { type StatesOperation, epochSeconds } from './states-api.ts';

const request = z.object({
  executionArn: arn,
  error: z.string().max(256).optional(),
  cause: z.string().max(32_768).optional(),
});

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html */
export const stopExecution: StatesOperation = (api, call) => {
  const { executionArn, error, cause } = requested(request, call.body);
  const { stoppedAt } = executionFor(api, call, 'states:StopExecution', executionArn);
  if (stoppedAt === undefined) api.executions.stop(executionArn, { error, cause });
  return { stopDate: epochSeconds(stoppedAt ?? api.now()) };
};
