/** A metric that somebody reads, in some region. */
export interface ReadMetric {
  /** Absent for a query, which reads those of all accounts. */
  readonly account?: string;
  readonly namespace: string;
  readonly name: string;
  /** Names of dimensions, and values; a query names dimensions without values, or none where any will do. */
  readonly dimensions?: Readonly<Record<string, string | undefined>>;
}

/** Metrics that an expression reads by a query or by searches; none for an expression of other metrics. */
export const metricsInExpression = (expression: string): readonly ReadMetric[] => [
  ...inQuery(expression),
  ...inSearches(expression),
];

/**
 * The metric of a query of Metrics Insights. Without `SCHEMA` it may have any dimensions, and without a condition on
 * `AWS.AccountId` it is that of every account (CloudWatch User Guide, "Metrics Insights query components and syntax").
 */
function inQuery(text: string): readonly ReadMetric[] {
  const {
    name,
    schema,
    plain = '',
    condition = '',
  } = /^\s*SELECT\s+\w+\("?(?<name>[\w.]+)"?\)\s+FROM\s+(?:SCHEMA\((?<schema>[^)]*)\)|"(?<plain>[^"]+)")(?<condition>.*)$/is.exec(
    text,
  )?.groups ?? {};
  if (name === undefined) return [];
  const values = valuesIn(condition, /"?(\w+)"?\s*=\s*'([^']*)'/g);
  const account = values.get('AccountId');
  if (schema === undefined) return [{ account, namespace: plain, name }];
  return [{ account, name, ...inSchema(schema, values) }];
}

/** The metric of each SEARCH that names one (CloudWatch User Guide, "CloudWatch search expression syntax"). */
const inSearches = (text: string): readonly ReadMetric[] =>
  [...text.matchAll(/\bSEARCH\(\s*(?:'([^']*)'|"((?:\\.|[^"\\])*)")/gi)].flatMap(([, single, double = '']) => {
    const terms = single ?? double.replaceAll('\\"', '"');
    const values = valuesIn(terms, /"?([\w.]+)"?\s*[=:]\s*(?:"([^"]*)"|([\w./-]+))/g);
    const name = values.get('MetricName');
    if (name === undefined) return [];
    const account = values.get('aws.AccountId');
    const [, schema] = /\{([^}]*)\}/.exec(terms) ?? [];
    if (schema !== undefined) return [{ account, name, ...inSchema(schema, values) }];
    return [{ account, name, namespace: values.get('Namespace') ?? '' }];
  });

const valuesIn = (text: string, pattern: RegExp): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(pattern)].map(([, key = '', quoted, bare = '']) => [key, quoted ?? bare]));

/** A namespace and names of dimensions, with the values that a condition gives them. */
function inSchema(schema: string, values: ReadonlyMap<string, string>): Pick<ReadMetric, 'namespace' | 'dimensions'> {
  const [namespace = '', ...names] = schema.split(',').map((part) => part.trim().replaceAll('"', ''));
  return { namespace, dimensions: Object.fromEntries(names.map((key) => [key, values.get(key)])) };
}
