import type { Observability } from '../oam/observability.ts';
import type { SeriesOf } from './alarm/evaluate-alarm.ts';
import type { Environment } from '@crosswind/assembly/read-assembly';
import type { Metrics } from './metrics.ts';

/** The metrics that are seen from a place: its own, and those of accounts that are linked to it in the same region. */
export const visibleSeries =
  (metrics: Metrics, observability: Observability, { account: from, region }: Environment): SeriesOf =>
  ({ of, account = from }) => {
    if (of.kind !== 'metric' || !observability.seesMetrics(from, account, region)) return undefined;
    return metrics.series({ account, region }, of.metric);
  };
