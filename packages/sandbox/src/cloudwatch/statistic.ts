import type { Distribution } from './distribution.ts';

/** Makes one number of the values of a period. */
export type Statistic = (values: Distribution) => number;

const simple: Readonly<Record<string, Statistic>> = {
  SampleCount: ({ count }) => count,
  Average: ({ sum, count }) => sum / count,
  Sum: ({ sum }) => sum,
  Minimum: ({ minimum }) => minimum,
  Maximum: ({ maximum }) => maximum,
};

/** The statistic by its name, percentiles included; undefined for those that the sandbox does not know, such as `tm90`. */
export function statisticOf(name: string): Statistic | undefined {
  const percent = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(name)?.[1];
  if (percent !== undefined) return (values) => values.percentile(Number(percent));
  return Object.hasOwn(simple, name) ? simple[name] : undefined;
}

/** For messages about a statistic that is not known. */
export const knownStatistics = `${Object.keys(simple).join(', ')} and percentiles such as p99`;
