/** Identity of a metric. Another set of dimensions is another metric. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Metrics are kept by the minute. */
export const minute = 60_000;

/** The minute that a time lies in. */
export const minuteOf = (time: number): number => Math.floor(time / minute) * minute;

/** The same text for the same metric, in whatever order its dimensions are given. */
export function metricKey({ namespace, name, dimensions }: Metric): string {
  const sorted = Object.entries(dimensions).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([namespace, name, ...sorted.flat()]);
}
