import type { WatchedMetric } from './watched-metric.ts';

/** A metric as CloudWatch stores it. */
export interface Series {
  readonly account: string;
  readonly region: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** True if an alarm or a graph of that metric shows the series: a query shows those of all accounts and values. */
export function shows({ account, dimensions, ...metric }: WatchedMetric, series: Series): boolean {
  const isIt = metric.region === series.region && metric.namespace === series.namespace && metric.name === series.name;
  if (!isIt || (account !== undefined && account !== series.account)) return false;
  if (dimensions === undefined) return true;
  const names = Object.keys(dimensions);
  return (
    names.length === Object.keys(series.dimensions).length &&
    names.every((name) => {
      const value = series.dimensions[name];
      return value !== undefined && (dimensions[name] ?? value) === value;
    })
  );
}

/** The metric in words, in the order of its parts; `*` stands for every account or value. */
export const metricText = ({ account = '*', region, namespace, name, dimensions }: WatchedMetric): string =>
  [
    `${namespace} ${name}`,
    ...Object.entries(dimensions ?? { '*': undefined }).map(([key, value = '*']) => `${key}=${value}`),
    `in ${account} ${region}`,
  ].join(' ');
