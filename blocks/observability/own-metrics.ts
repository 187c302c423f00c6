/** Namespace of the metrics that functions of the platform and of workloads emit themselves. */
export const ownNamespace = 'Crosswind';

/** Units of own metrics (API_MetricDatum, Unit). */
export type OwnUnit = 'Bytes' | 'Count' | 'Milliseconds' | 'Percent';

/** Metrics by name that a function emits. */
export type OwnMetrics = Readonly<Record<string, OwnUnit>>;

/** Metrics that a function says it emits, and the dimensions that all of them have. */
export interface Emitted {
  readonly metrics: OwnMetrics;
  /** Names of dimensions, with the value of each; a value that only the function knows is absent. */
  readonly dimensions: Readonly<Record<string, string | undefined>>;
}

/**
 * Environment variables of a function that emits own metrics: which, and with which dimensions. Rule OBS-5 reads them, and
 * refuses an alarm or a graph of an own metric that no function has there.
 */
export const emittedVariables = { metrics: 'CROSSWIND_METRICS', dimensions: 'CROSSWIND_DIMENSIONS' } as const;

/** Values of these variables: `Objects,Bytes`, and `Tenant=orders,Wave=dev`, or `Tenant` alone where its values vary. */
export const emittedEnvironment = ({ metrics, dimensions }: Emitted): Readonly<Record<string, string>> => ({
  [emittedVariables.metrics]: Object.keys(metrics).join(','),
  [emittedVariables.dimensions]: Object.entries(dimensions)
    .map(([name, value]) => (value === undefined ? name : `${name}=${value}`))
    .join(','),
});
