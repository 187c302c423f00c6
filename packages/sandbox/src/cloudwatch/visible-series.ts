import type { Observability } from '../oam/observability.ts';
import type { Environment } from '@crosswind/assembly/read-assembly';
import type { Owned } from './insights/answer-query.ts';
import type { Metrics } from './metrics.ts';
import type { MetricQuery } from './metric-query.ts';
import type { Series } from './series.ts';

/** A metric of a query, if it has values that may be seen. */
export type SeriesOf = (query: MetricQuery) => Series | undefined;

/** View of the metrics from a place. */
export interface MetricView {
  readonly seriesOf: SeriesOf;
  /** The metrics that a query of Metrics Insights may go through. */
  readonly seen: (query: MetricQuery) => readonly Owned[];
}

export const visible = (...from: Parameters<typeof visibleSeries>): MetricView => ({
  seriesOf: visibleSeries(...from),
  seen: visibleMetrics(...from),
});

/** The metrics that are seen from a place: its own, and those of accounts that are linked to it in the same region. */
const visibleSeries =
  (metrics: Metrics, observability: Observability, { account: from, region }: Environment): SeriesOf =>
  ({ of, account = from }) => {
    if (of.kind !== 'metric' || !observability.seesMetrics(from, account, region)) return undefined;
    return metrics.series({ account, region }, of.metric);
  };

/**
 * The metrics of a query's name that are seen from a place, the place's own first; those of one account if the query
 * names it.
 */
const visibleMetrics =
  (metrics: Metrics, observability: Observability, { account: from, region }: Environment) =>
  ({ account: only, of }: MetricQuery): readonly Owned[] =>
    [from, ...observability.linkedAccounts(from, region)]
      .filter((account) => (only ?? account) === account)
      .flatMap((account) => inQuestion(metrics, { account, region }, of).map((series) => ({ account, series })));

/** Metrics of an account that have the name that a query asks for. */
const inQuestion = (metrics: Metrics, place: Environment, of: MetricQuery['of']): readonly Series[] =>
  of.kind === 'insights' ? metrics.named(place, { namespace: of.query.namespace, name: of.query.metric }) : [];
