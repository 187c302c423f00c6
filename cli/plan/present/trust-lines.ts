import type { TrustChange } from '../../../policies/reach/new-access-types.ts';
import { folded } from '../folded.ts';
import { type NamedResources, withKnownNames } from '../named-resources.ts';
import { code, type Line, line, separated, type Span, strong, withMore } from './line.ts';
import { type AccountNames, accountsOf, actionSpans, commonPath } from './names.ts';

const verbs = { added: 'Added', removed: 'Removed', changed: 'Changed', same: 'Same' } as const;

export interface TrustProps {
  /** Resources by their ARNs. */
  readonly known: NamedResources;
  readonly names: AccountNames;
  readonly shape: (text: string) => string;
}

/** Cells of the matrix of trust that differ. The matrix before and after is folded below the first. */
export function trustLines(trust: readonly TrustChange[], { known, names, shape }: TrustProps): readonly Line[] {
  const changed = trust.filter(({ change }) => change !== 'same');
  const order = ['added', 'changed', 'removed'];
  const pathOf = (text: string): string => withKnownNames(text, known);
  const lines = [...folded(changed, shape, (cell) => JSON.stringify(cell))]
    .sort((one, other) => order.indexOf(one.first.change) - order.indexOf(other.first.change))
    .map(({ first, all }) => {
      const from = commonPath(all.map((cell) => pathOf(cell.from)));
      const to = commonPath(all.map((cell) => pathOf(cell.to)));
      const where = accountsOf(
        all.map(({ toAccount }) => toAccount),
        names,
      );
      return withMore(
        line`${strong(verbs[first.change])}: ${code(from)} → ${code(to)} ${where}: ${grantSpans(first, pathOf)}.`,
        all.map((cell) => line`${code(cell.from)} → ${code(cell.to)}`),
      );
    });
  const [first, ...others] = lines;
  return first ? [withMore(first, matrixLines(trust)), ...others] : [];
}

/** Actions and conditions; of a change those that differ. */
function grantSpans({ actions, conditions, before }: TrustChange, pathOf: (text: string) => string): readonly Span[] {
  const said = (some: readonly string[]): readonly Span[] =>
    some.length === 0
      ? [' without a condition']
      : [
          ' if ',
          ...separated(
            some.map((each) => code(pathOf(each), 200)),
            ' or ',
          ),
        ];
  if (!before) return [...actionSpans(actions), ...said(conditions)];
  const isEqual = JSON.stringify(before.conditions) === JSON.stringify(conditions);
  if (isEqual) return [...actionSpans(actions), '; before ', ...actionSpans(before.actions)];
  const only = (some: readonly string[], others: readonly string[]): readonly string[] =>
    some.filter((each) => !others.includes(each));
  const [came, gone] = [only(conditions, before.conditions), only(before.conditions, conditions)];
  const part = (whole: readonly string[], own: readonly string[]) =>
    own.length > 0 || whole.length === 0 ? said(own) : [' as others'];
  return [
    ...actionSpans(actions),
    ...part(conditions, came),
    '; before ',
    ...actionSpans(before.actions),
    ...part(before.conditions, gone),
  ];
}

/** Pairs of kinds of accounts with the number of cells before and after. */
function matrixLines(trust: readonly TrustChange[]): readonly Line[] {
  const counts = new Map<string, { before: number; after: number }>();
  for (const { change, kind, fromKind, toKind } of trust) {
    const key = `${fromKind === '' ? kind : fromKind} → ${toKind}`;
    const cell = counts.get(key) ?? { before: 0, after: 0 };
    if (change !== 'added') cell.before += 1;
    if (change !== 'removed') cell.after += 1;
    counts.set(key, cell);
  }
  return [...counts]
    .sort()
    .map(([key, { before, after }]) => line`Matrix: ${code(key)} ${String(before)} before, ${String(after)} after`);
}
