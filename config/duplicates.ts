import type { Outline } from './outline.ts';
import type { Path, PathProblem } from './problem.ts';

/** Names, ids and addresses that must be there once; the second is the problem, with the line of the first. */
export function duplicates(
  { accounts, waves, tenants }: Outline,
  lineOf: (path: Path) => number | undefined,
): readonly PathProblem[] {
  const twice = (list: string, item: string, key: string, values: readonly (string | undefined)[]) => {
    const first = new Map<string, number>();
    return values.flatMap((value, index): PathProblem[] => {
      if (value === undefined) return [];
      const earlier = first.get(value.toLowerCase());
      if (earlier === undefined) {
        first.set(value.toLowerCase(), index);
        return [];
      }
      const line = lineOf([list, earlier, key]);
      return [
        {
          path: [list, index, key],
          what: `${item} ${key} is already used${line === undefined ? '' : ` on line ${line}`}`,
          expected: `one that no other ${item} has`,
          fix: 'change one of the two',
        },
      ];
    });
  };
  return [
    ...(['name', 'id', 'email'] as const).flatMap((key) =>
      twice(
        'accounts',
        'account',
        key,
        accounts.map((account) => account[key]),
      ),
    ),
    ...twice(
      'waves',
      'wave',
      'name',
      waves.map(({ name }) => name),
    ),
    ...twice(
      'tenants',
      'tenant',
      'name',
      tenants.map(({ name }) => name),
    ),
  ];
}
