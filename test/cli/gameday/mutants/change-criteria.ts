import { type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { withQuery } from './change-metric.ts';
import type { AlarmDefinition, Change, MutantKind } from './mutant.ts';

const strictness: Readonly<Record<string, string>> = {
  GreaterThanOrEqualToThreshold: 'GreaterThanThreshold',
  GreaterThanThreshold: 'GreaterThanOrEqualToThreshold',
  LessThanThreshold: 'LessThanOrEqualToThreshold',
  LessThanOrEqualToThreshold: 'LessThanThreshold',
};

const treatments = ['breaching', 'notBreaching', 'ignore', 'missing'];

/**
 * Mutants of comparison, threshold, periods, treatment of missing data and action.
 * @param isWhole true if what the alarm compares is a whole number
 */
export function criteriaChanges({ properties }: AlarmDefinition, isWhole: boolean): readonly Change[] {
  const changed = (kind: MutantKind, text: string, other: JsonObject): Change => ({
    ...{ kind, text },
    properties: { ...properties, ...other },
  });
  const number = (name: string): number => Number(properties[name]);
  const [periods, threshold] = [number('EvaluationPeriods'), number('Threshold')];
  const datapoints = properties['DatapointsToAlarm'] === undefined ? periods : number('DatapointsToAlarm');
  const operator = textOf(properties['ComparisonOperator']);
  const treatment = textOf(properties['TreatMissingData'] ?? 'missing');
  const other = strictness[operator];
  if (other === undefined) throw new Error(`expected one of ${Object.keys(strictness).join(', ')}, got ${operator}`);
  const isMinimum = /^(GreaterThanOrEqual|LessThanThreshold)/.test(operator);
  // At the first whole number that counts as one that is too high (or, for less, that is enough).
  const first = (value: number): number => (isMinimum ? Math.ceil(value) : Math.floor(value));
  return [
    changed('comparison', `${operator} -> ${other}`, { ComparisonOperator: other }),
    ...[2 * threshold, threshold / 2]
      .filter((value) => !isWhole || first(value) !== first(threshold))
      .map((value) => changed('threshold', `${threshold} -> ${value}`, { Threshold: value })),
    ...[periods + 1, periods - 1]
      .filter((value) => value > 0)
      .map((value) => {
        const all = datapoints === periods ? value : Math.min(datapoints, value);
        return changed('periods', `${periods} -> ${value}`, { EvaluationPeriods: value, DatapointsToAlarm: all });
      }),
    ...(datapoints > 1
      ? [
          changed('datapoints', `${datapoints} -> ${datapoints - 1} of ${periods}`, {
            DatapointsToAlarm: datapoints - 1,
          }),
        ]
      : []),
    // More datapoints than periods are refused, so one more period comes with them, or without them.
    changed('datapoints', `${datapoints} of ${periods} -> ${datapoints} of ${periods + 1}`, {
      EvaluationPeriods: periods + 1,
      DatapointsToAlarm: datapoints,
    }),
    ...treatments
      .filter((each) => each !== treatment)
      .map((each) => changed('missing data', `${treatment} -> ${each}`, { TreatMissingData: each })),
    changed('no action', 'AlarmActions dropped', { AlarmActions: [] }),
  ];
}

/** Mutants of a query with GROUP BY: another aggregation, and each label dropped. */
export const queryChanges = ({ properties }: AlarmDefinition): readonly Change[] =>
  listOf(properties['Metrics']).flatMap((given, place) => {
    const query = objectOf(given);
    const expression = textOf(query['Expression'] ?? '');
    const [, group] = / GROUP BY (.+) ORDER BY /.exec(expression) ?? [];
    const [, aggregation] = /^SELECT (\w+)\(/.exec(expression) ?? [];
    if (group === undefined || aggregation === undefined) return [];
    const changed = (kind: MutantKind, text: string, other: string): Change => ({
      ...{ kind, text },
      properties: withQuery(properties, place, { ...query, Expression: other }),
    });
    const labels = group.split(', ');
    const without = (label: string): string => {
      const rest = labels.filter((each) => each !== label);
      const grouped = rest.length === 0 ? ' ' : ` GROUP BY ${rest.join(', ')} `;
      return expression.replace(` GROUP BY ${group} `, grouped);
    };
    return [
      changed('aggregation', `${aggregation} -> COUNT`, expression.replaceAll(`${aggregation}(`, 'COUNT(')),
      ...labels.map((label) => changed('label', `without ${label}`, without(label))),
    ];
  });
