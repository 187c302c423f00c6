import { z } from 'zod';
import { type JsonObject, isObject } from '@crosswind/aws/json';
import type { HistoryEvent } from '@crosswind/workflow/execution/history';
import { executionData } from '../runtime/execution-data.ts';
import { executionFor } from './named-resources.ts';
import { pageOf } from './page.ts';
import { arn, maxResults, nextToken } from './request-fields.ts';
import { requested } from './requested.ts';
import { type StatesOperation, epochSeconds } from './states-api.ts';

const request = z.object({
  executionArn: arn,
  maxResults,
  nextToken,
  reverseOrder: z.boolean().default(false),
  includeExecutionData: z.boolean().default(true),
});

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html */
export const getExecutionHistory: StatesOperation = (api, call) => {
  const { executionArn, reverseOrder, includeExecutionData, ...page } = requested(request, call.body);
  const { history } = executionFor(api, call, 'states:GetExecutionHistory', executionArn);
  const of = ['GetExecutionHistory', executionArn, reverseOrder, includeExecutionData];
  const { items, next } = pageOf(history, { ...page, of, reversed: reverseOrder });
  return { events: items.map((event) => shown(event, includeExecutionData)), ...next };
};

/** `parameters` stays: it is a required member of its event (API_TaskScheduledEventDetails). */
function shown({ timestamp, ...event }: HistoryEvent, includeData: boolean): JsonObject {
  const fields = Object.entries(event).map(([name, value]) => {
    if (includeData || !isObject(value)) return [name, value] as const;
    return [
      name,
      Object.fromEntries(Object.entries(value).filter(([field]) => !executionData.includes(field))),
    ] as const;
  });
  return { timestamp: epochSeconds(timestamp), ...Object.fromEntries(fields) };
}
