import { z } from 'zod';
import { MAX_MAP_RUN_CONCURRENCY } from '@crosswind/workflow/limits';
import { mapRunFor } from './named-resources.ts';
import { longArn } from './request-fields.ts';
import { requested } from './requested.ts';
import type { StatesOperation } from './states-api.ts';
import { statesError } from './states-error.ts';

const request = z.object({
  mapRunArn: longArn,
  maxConcurrency: z.number().int().min(0).optional(),
  toleratedFailureCount: z.number().int().min(0).optional(),
  toleratedFailurePercentage: z.number().min(0).max(100).optional(),
});

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateMapRun.html */
export const updateMapRun: StatesOperation = (api, call) => {
  const asked = requested(request, call.body);
  const mapRun = mapRunFor(api, call, 'states:UpdateMapRun', asked.mapRunArn);
  if (mapRun.state.phase.kind === 'ended') {
    // AWS's own words are not documented.
    throw statesError('ValidationException', `the Map Run has ended and cannot be updated: '${asked.mapRunArn}'`);
  }
  const { maxConcurrency, toleratedFailureCount: count, toleratedFailurePercentage: percentage } = asked;
  api.executions.updateMapRun(mapRun, {
    ...(maxConcurrency !== undefined && {
      maxConcurrency: Math.min(maxConcurrency === 0 ? Infinity : maxConcurrency, MAX_MAP_RUN_CONCURRENCY),
    }),
    tolerated: { ...(count !== undefined && { count }), ...(percentage !== undefined && { percentage }) },
  });
  return {};
};
