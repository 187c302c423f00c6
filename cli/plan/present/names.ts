import type { Json } from '@crosswind/aws/json';
import { countOf } from '../../count.ts';
import { shortPath } from '../named-resources.ts';
import { pathPattern, type Place } from '../place.ts';
import type { ValueChange } from '../diff/leaf-differences.ts';
import { code, type Line, line, separated, type Span } from './line.ts';

/** Names of accounts by their ids. */
export type AccountNames = ReadonlyMap<string, string>;

/** An account by its name, or by its id where it has none. */
export const accountSpan = (id: string, names: AccountNames): Span => code(names.get(id) ?? id);

/** Items that are named before the rest is counted. */
const named = 3;

/** `in a, b and 4 more accounts`. */
export function accountsOf(ids: readonly string[], names: AccountNames): readonly Span[] {
  const distinct = [...new Set(ids)];
  if (distinct.length === 0) return [];
  if (distinct.length > named + 1) return [`in ${countOf(distinct.length, 'account')}`];
  return ['in ', ...separated(distinct.map((id) => accountSpan(id, names)))];
}

/** One path for all, with `*` where they differ; the first of them where they have no common form. */
export function commonPath(paths: readonly string[]): string {
  const [first = ''] = paths;
  return first.startsWith('arn:') ? first : (pathPattern(paths) ?? first);
}

/** `s3:GetObject, s3:PutObject and 2 more actions`. */
export function actionSpans(actions: readonly string[]): readonly Span[] {
  const more = actions.length - named;
  return [
    ...separated(actions.slice(0, named).map((action) => code(action))),
    ...(more > 0 ? [` and ${countOf(more, 'more action', 'more actions')}`] : []),
  ];
}

/** One line for each place, to be folded away. */
export const placeLines = (places: readonly Place[], names: AccountNames): readonly Line[] =>
  places.map(
    ({ account, region, stack, path }) =>
      line`${code(shortPath(path))} in stack ${code(stack)} of ${accountSpan(account, names)} ${code(account)} in ${code(region)}`,
  );

/** `Threshold 5 → 50`. */
export function valueSpans(
  { path, before, after }: ValueChange,
  nameOf = (text: string): string => text,
): readonly Span[] {
  return [code(nameOf(path)), ' ', ...valueOf(before), ' → ', ...valueOf(after)];
}

const valueOf = (value: Json | undefined): readonly Span[] => {
  if (value === undefined) return ['none'];
  return [code(typeof value === 'string' && value !== '' ? value : JSON.stringify(value), 60)];
};

/** Up to three values, and how many more there are. */
export function valuesSpans(values: readonly ValueChange[], nameOf?: (path: string) => string): readonly Span[] {
  const shown = values.slice(0, named).map((value) => valueSpans(value, nameOf));
  const more = values.length - shown.length;
  return [
    ...shown.flatMap((spans, index) => (index === 0 ? spans : [', ', ...spans])),
    ...(more > 0 ? [` and ${countOf(more, 'more value', 'more values')}`] : []),
  ];
}
