import { z } from 'zod';
import { defined, type JsonObject } from '@crosswind/aws/json';
import { labelledMachineArn } from '@crosswind/workflow/map-run/children';
import type { MapRun } from '../runtime/execution.ts';
import { executionFor, mapRunFor } from './named-resources.ts';
import { pageOf } from './page.ts';
import { arn, longArn, maxResults, nextToken } from './request-fields.ts';
import { requested } from './requested.ts';
import { type StatesOperation, epochSeconds } from './states-api.ts';

const listRequest = z.object({ executionArn: arn, maxResults, nextToken });
const describeRequest = z.object({ mapRunArn: longArn });

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListMapRuns.html */
export const listMapRuns: StatesOperation = (api, call) => {
  const { executionArn, ...page } = requested(listRequest, call.body);
  const { mapRuns } = executionFor(api, call, 'states:ListMapRuns', executionArn);
  const { items, next } = pageOf(mapRuns, { ...page, of: ['ListMapRuns', executionArn] });
  const listed = items.map((mapRun) => ({
    ...mapRunSummary(mapRun),
    stateMachineArn: labelledMachineArn(mapRun.state.spec),
  }));
  return { mapRuns: listed, ...next };
};

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html */
export const describeMapRun: StatesOperation = (api, call) => {
  const { mapRunArn } = requested(describeRequest, call.body);
  const mapRun = mapRunFor(api, call, 'states:DescribeMapRun', mapRunArn);
  const { spec, phase, redriveCount, redrivenAt } = mapRun.state;
  const { itemCounts, executionCounts } = mapRun.counts();
  return {
    ...mapRunSummary(mapRun),
    status: phase.kind === 'ended' ? phase.outcome.status : 'RUNNING',
    maxConcurrency: spec.maxConcurrency,
    toleratedFailurePercentage: spec.tolerated.percentage ?? 0,
    toleratedFailureCount: spec.tolerated.count ?? 0,
    itemCounts: { ...itemCounts },
    executionCounts: { ...executionCounts },
    redriveCount,
    ...(redrivenAt !== undefined && { redriveDate: epochSeconds(redrivenAt) }),
  };
};

const mapRunSummary = ({ arn: mapRunArn, executionArn, startedAt, stoppedAt }: MapRun): JsonObject =>
  defined({
    mapRunArn,
    executionArn,
    startDate: epochSeconds(startedAt),
    stopDate: stoppedAt === undefined ? undefined : epochSeconds(stoppedAt),
  });
