import { z } from 'zod';
import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import type { JsonObject } from '@crosswind/aws/json';
import { type Execution, statusOf } from '../runtime/execution.ts';
import { executionSummary } from './describe-execution.ts';
import { mapRunFor, stateMachineFor } from './named-resources.ts';
import { pageOf } from './page.ts';
import { arn, longArn, maxResults } from './request-fields.ts';
import { requested } from './requested.ts';
import type { StatesApi, StatesOperation } from './states-api.ts';
import { statesError } from './states-error.ts';

const request = z.object({
  stateMachineArn: arn.optional(),
  mapRunArn: longArn.optional(),
  statusFilter: z.enum(['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING']).optional(),
  redriveFilter: z.enum(['REDRIVEN', 'NOT_REDRIVEN']).optional(),
  maxResults,
  nextToken: z.string().min(1).max(3_096).optional(),
});

type Request = z.output<typeof request>;

/**
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html
 * The most recent execution comes first.
 */
export const listExecutions: StatesOperation = (api, call) => {
  const asked = requested(request, call.body);
  const { maxResults: size, nextToken, ...of } = asked;
  const { items, next } = pageOf(executionsOf(api, call, asked), {
    of: ['ListExecutions', of],
    maxResults: size,
    nextToken,
    reversed: true,
    filter: (execution) =>
      (asked.statusFilter ?? statusOf(execution)) === statusOf(execution) &&
      (asked.redriveFilter ?? redrivenOf(execution)) === redrivenOf(execution),
  });
  return { executions: items.map(listed), ...next };
};

function executionsOf(
  api: StatesApi,
  call: AwsJsonCall,
  { stateMachineArn, mapRunArn, statusFilter }: Request,
): readonly Execution[] {
  const action = 'states:ListExecutions';
  if ((stateMachineArn === undefined) === (mapRunArn === undefined)) {
    throw statesError('ValidationException', 'either stateMachineArn or mapRunArn must be given, and not both');
  }
  if (mapRunArn !== undefined) return mapRunFor(api, call, action, mapRunArn).children;
  if (statusFilter === 'PENDING_REDRIVE') {
    throw statesError('ValidationException', 'the statusFilter PENDING_REDRIVE needs a mapRunArn');
  }
  const machine = stateMachineFor(api, call, action, stateMachineArn ?? '');
  if (machine.type === 'EXPRESS') {
    const message = 'This operation is not supported by this type of state machine';
    throw statesError('StateMachineTypeNotSupported', message);
  }
  return api.executions.of(machine.arn);
}

const redrivenOf = ({ redriveCount = 0 }: Execution): Request['redriveFilter'] =>
  redriveCount > 0 ? 'REDRIVEN' : 'NOT_REDRIVEN';

const listed = (execution: Execution): JsonObject => ({
  ...executionSummary(execution),
  ...(execution.dispatch && { itemCount: execution.dispatch.itemCount }),
});
