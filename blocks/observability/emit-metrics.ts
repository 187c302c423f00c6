import { Metrics } from '@aws-lambda-powertools/metrics';
import { emittedVariables, type OwnMetrics, ownNamespace } from './own-metrics.ts';

/** Values of some of the metrics. */
export type MetricValues<Names extends OwnMetrics> = { readonly [Name in keyof Names]?: number };

/** Emits values, with dimensions besides those that the function always has. */
export type Emit<Names extends OwnMetrics> = (
  values: MetricValues<Names>,
  dimensions?: Readonly<Record<string, string>>,
) => void;

/**
 * Emits own metrics of a function as lines of its log (CloudWatch User Guide, "Embedded metric format"): that takes no call
 * and no permission. Dimensions are those of the function's environment, and no other: each set of dimensions is a metric
 * of its own, which is billed.
 */
export function emitter<const Names extends OwnMetrics>(
  metrics: Names,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Emit<Names> {
  const fixed = Object.fromEntries(
    (environment[emittedVariables.dimensions] ?? '').split(',').flatMap((pair) => {
      const [name = '', value] = pair.split('=');
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return (values, dimensions = {}) => {
    const present = Object.entries<number | undefined>(values).filter(([, value]) => value !== undefined);
    if (present.length === 0) return;
    const line = new Metrics({ namespace: ownNamespace });
    // Powertools always adds `service`.
    line.clearDefaultDimensions();
    line.addDimensions({ ...fixed, ...dimensions });
    for (const [name, value = 0] of present) line.addMetric(name, metrics[name] ?? 'Count', value);
    line.publishStoredMetrics();
  };
}
