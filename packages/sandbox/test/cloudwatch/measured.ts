import type { Environment } from '@crosswind/assembly/read-assembly';
import type { Sandbox } from '../../src/sandbox.ts';

/** Metrics of a place: `name{dimension=value} unit` with the number of values, their sum and maximum. */
export function measured(
  { cloudWatch }: Sandbox,
  place: Environment,
  namespace: string,
): Readonly<Record<string, readonly [count: number, sum: number, maximum: number]>> {
  const all = cloudWatch.metrics.of(place).filter(({ metric }) => metric.namespace === namespace);
  return Object.fromEntries(
    all.map((series) => {
      const { name, dimensions } = series.metric;
      const shown = Object.entries(dimensions).map(([key, value]) => `${key}=${value}`);
      const length = 2 * 24 * 3_600_000;
      const start = Math.floor(series.last / length) * length;
      const [values] = series.periods(start, start + length, length).values();
      return [
        `${name}{${shown.join()}} ${series.unit}`,
        [values?.count ?? 0, values?.sum ?? 0, values?.maximum ?? 0],
      ] as const;
    }),
  );
}
