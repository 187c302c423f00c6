import { z } from 'zod';
import { defined, type JsonObject } from '@crosswind/aws/json';
import { type Execution, statusOf } from '../runtime/execution.ts';
import { redriveObstacle } from '../runtime/redrivable.ts';
import { executionFor } from './named-resources.ts';
import { arn, includedData } from './request-fields.ts';
import { requested } from './requested.ts';
import { type StatesOperation, epochSeconds } from './states-api.ts';

const request = z.object({ executionArn: arn, includedData });

/**
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html
 * Of Express executions it knows the children of Map Runs alone; their ARNs have a label.
 */
export const describeExecution: StatesOperation = (api, call) => {
  const { executionArn, includedData: included } = requested(request, call.body);
  const kinds = executionArn.includes('/') ? (['execution', 'express'] as const) : undefined;
  const execution = executionFor(api, call, 'states:DescribeExecution', executionArn, kinds);
  return defined({
    ...executionSummary(execution),
    ...dataOf(execution, included === 'ALL_DATA'),
    ...redriveOf(execution, api.now()),
  });
};

/** Fields that DescribeExecution and ListExecutions share. */
export function executionSummary(execution: Execution): JsonObject {
  const { arn, name, machine, dispatch, startedAt, stoppedAt, redriveCount, redrivenAt } = execution;
  return defined({
    executionArn: arn,
    stateMachineArn: dispatch?.stateMachineArn ?? machine.arn,
    name,
    status: statusOf(execution),
    startDate: epochSeconds(startedAt),
    stopDate: stoppedAt === undefined ? undefined : epochSeconds(stoppedAt),
    mapRunArn: dispatch?.mapRunArn,
    redriveCount: redriveCount ?? 0,
    redriveDate: redrivenAt === undefined ? undefined : epochSeconds(redrivenAt),
  });
}

/** Input and, where there is one, output or error. */
export function dataOf({ input, outcome }: Execution, included: boolean): JsonObject {
  const given = { ...(included && { input: JSON.stringify(input) }), inputDetails: { included } };
  if (!outcome) return given;
  if (outcome.status !== 'SUCCEEDED') return defined({ ...given, error: outcome.error, cause: outcome.cause });
  return { ...given, ...(included && { output: JSON.stringify(outcome.output) }), outputDetails: { included } };
}

/** A child is redriven by its Map Run. */
function redriveOf(execution: Execution, now: number): JsonObject {
  const obstacle = redriveObstacle(execution, now);
  if (obstacle !== undefined) return { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: obstacle };
  return { redriveStatus: execution.dispatch ? 'REDRIVABLE_BY_MAP_RUN' : 'REDRIVABLE' };
}
