import { countOf } from '../../count.ts';
import type { TemplatePlan } from '../schema/plan-schema.ts';
import type { PlannedResource } from '../sections/resources.ts';
import type { Place } from '../place.ts';
import { code, type Line, line, strong, withMore } from './line.ts';
import { shortPath } from '../named-resources.ts';
import { type AccountNames, accountsOf, placeLines, valueSpans, valuesSpans } from './names.ts';

const verbs: Readonly<Record<PlannedResource['consequence'], string>> = {
  deleted: 'Deleted',
  'left behind': 'Left behind',
  replaced: 'Replaced',
  'may be replaced': 'May be replaced',
  changed: 'Changed',
  created: 'Created',
};

/** Resources that change alike, their values and places below. */
export function resourceLine({ consequence, type, values, places }: PlannedResource, names: AccountNames): Line {
  const path = shortPath(places[0]?.path ?? '');
  const others = places.length > 1 ? ` and ${countOf(places.length - 1, 'resource')} like it` : '';
  const where = accountsOf(
    places.map(({ account }) => account),
    names,
  );
  const differs = values.length === 0 ? [] : [': ', ...valuesSpans(values)];
  return withMore(line`${strong(verbs[consequence])}: ${code(type)} ${code(path)}${others} ${where}${differs}.`, [
    ...(values.length > 3 ? values.map((value) => line`${valueSpans(value)}`) : []),
    ...(places.length > 1 ? placeLines(places, names) : []),
  ]);
}

/** An action of the pipeline that comes, goes or changes. */
export const actionLine = ({ change, stage, action, category }: TemplatePlan['pipeline'][number]): Line => {
  const verb = { added: 'Added', removed: 'Removed', changed: 'Changed' }[change];
  const what = category === 'Approval' ? 'approval' : 'action';
  return line`${strong(verb)}: ${what} ${code(action)} of stage ${code(stage)} of the pipeline.`;
};

/** New content of functions and of other resources, counted. */
export function assetLines({ functions, others }: TemplatePlan['assets'], names: AccountNames): readonly Line[] {
  const counted = (places: readonly Place[], text: string): readonly Line[] =>
    places.length === 0 ? [] : [withMore(line`${text}`, placeLines(places, names))];
  return [
    ...counted(functions, `Code of ${countOf(functions.length, 'function')} changes.`),
    ...counted(others, `Files of ${countOf(others.length, 'other resource')} change.`),
  ];
}

/** A line about resources that are explained by other lines, with the resources below it; none without resources. */
export function explainedLine(places: readonly Place[], text: string, names: AccountNames): readonly Line[] {
  return places.length === 0 ? [] : [withMore(line`${text}`, placeLines(places, names))];
}

/** Lines with others folded away below the first of them; those others where there is no line that explains them. */
export function withExplained(lines: readonly Line[], explained: readonly Line[]): readonly Line[] {
  const [first, ...others] = lines;
  return first ? [withMore(first, explained), ...others] : explained;
}
