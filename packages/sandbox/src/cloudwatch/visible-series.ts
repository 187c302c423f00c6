import type { Observability } from '../oam/observability.ts';
import type { SeriesOf } from './alarm/evaluate-alarm.ts';
import type { Environment } from '@crosswind/assembly/read-assembly';
import type { Owned } from './insights/answer-query.ts';
import type { Metrics } from './metrics.ts';
import type { MetricQuery } from './metric-query.ts';

/** The metrics that are seen from a place: its own, and those of accounts that are linked to it in the same region. */
export const visibleSeries =
  (metrics: Metrics, observability: Observability, { account: from, region }: Environment): SeriesOf =>
  ({ of, account = from }) => {
    if (of.kind !== 'metric' || !observability.seesMetrics(from, account, region)) return undefined;
    return metrics.series({ account, region }, of.metric);
  };

/** All metrics that are seen from a place, the place's own first; those of one account if the query names it. */
export const visibleMetrics =
  (metrics: Metrics, observability: Observability, { account: from, region }: Environment) =>
  ({ account: only }: MetricQuery): readonly Owned[] =>
    [from, ...observability.linkedAccounts(from, region)]
      .filter((account) => (only ?? account) === account)
      .flatMap((account) => metrics.of({ account, region }).map((series) => ({ account, series })));
