import type { Environment } from '@crosswind/assembly/read-assembly';
import { type JsonObject, listOf } from '@crosswind/aws/json';
import type { Simulation } from '@crosswind/workflow/clock/simulation';
import type { Observability } from '../oam/observability.ts';
import type { CloudWatch } from './cloudwatch.ts';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import { answerMetricData } from './api/get-metric-data.ts';
import { metricDataQuery, type MetricQuery } from './metric-query.ts';
import { visible } from './visible-series.ts';

/** Parts of a sandbox that have metrics, links and the time. */
export interface MetricSource {
  readonly cloudWatch: CloudWatch;
  readonly observability: Observability;
  readonly simulation: Simulation;
}

/** Answer to a request of GetMetricData, or the reason why CloudWatch refuses it. */
export type MetricDataRead =
  | {
      readonly ok: true;
      /** MetricDataResults (API_GetMetricData). */
      readonly results: readonly JsonObject[];
      /** Unit of the metrics of a query by its id; absent for an expression, and where there are no values. */
      readonly units: ReadonlyMap<string, string>;
    }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads metrics as GetMetricData answers somebody of an account who may call it: the links of the account decide whose
 * metrics are seen. It is no call of a client, so no decision is recorded.
 */
export function readMetricData(
  { cloudWatch, observability, simulation }: MetricSource,
  place: Environment,
  request: JsonObject,
): MetricDataRead {
  const ports = { cloudWatch, observability, now: () => simulation.now() };
  try {
    const results = listOf(answerMetricData(ports, place, request)['MetricDataResults']) as readonly JsonObject[];
    const { seriesOf, seen } = visible(cloudWatch.metrics, observability, place);
    const units = listOf(request['MetricDataQueries']).flatMap((query) => {
      const parsed = metricDataQuery.parse(query);
      const unit = countsOnly(parsed) ? undefined : (seriesOf(parsed) ?? seen(parsed)[0]?.series)?.unit;
      return unit === undefined ? [] : [[parsed.id, unit] as const];
    });
    return { ok: true, results, units: new Map(units) };
  } catch (error) {
    if (error instanceof AwsJsonError) return { ok: false, problem: error.message };
    throw error;
  }
}

/** True for a query whose values are numbers of values, whatever their unit is. */
const countsOnly = ({ of }: MetricQuery): boolean =>
  (of.kind === 'metric' && of.statistic === 'SampleCount') ||
  (of.kind === 'insights' && of.query.aggregation === 'COUNT');
