import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import type { JsonObject } from '@crosswind/aws/json';
import type { Execution } from '../runtime/execution.ts';
import { dataOf, executionSummary } from './describe-execution.ts';
import { startRequested } from './start-execution.ts';
import type { StatesApi } from './states-api.ts';
import { statesError } from './states-error.ts';

/** Starts an Express execution that somebody waits for: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html */
export const beginSyncExecution = (api: StatesApi, call: AwsJsonCall): Execution =>
  startRequested(api, call, 'states:StartSyncExecution', ({ type }) => {
    if (type === 'EXPRESS') return;
    const message = 'This operation is not supported by this type of state machine';
    throw statesError('StateMachineTypeNotSupported', message);
  });

/** Durations are billed in steps of 100 ms; that little memory is used is assumed (Step Functions pricing). */
const billed = { stepMilliseconds: 100, memoryMegabytes: 64 };

/** Answer of StartSyncExecution when the execution has ended. */
export function syncAnswer(execution: Execution): JsonObject {
  const { startedAt, stoppedAt = startedAt } = execution;
  return {
    ...summaryOf(execution),
    ...dataOf(execution, true),
    billingDetails: {
      billedDurationInMilliseconds:
        Math.ceil((stoppedAt - startedAt) / billed.stepMilliseconds) * billed.stepMilliseconds,
      billedMemoryUsedInMB: billed.memoryMegabytes,
    },
  };
}

/** Summary of an Express execution, without the fields that none has. */
const summaryOf = (execution: Execution): JsonObject =>
  Object.fromEntries(Object.entries(executionSummary(execution)).filter(([field]) => field !== 'redriveCount'));
