import type { Platform } from '../../config/schema.ts';
import { shapeWithout } from '../../policies/shape-without.ts';
import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import type { Accepted, CheckFinding, Found, WaivedFinding } from './check-report.ts';
import type { SourceLines } from './source-lines.ts';

/** Names and places of the assembly that findings are about. */
export interface Surroundings {
  readonly assembled: readonly Pick<AssembledStack, 'path' | 'name' | 'account' | 'region'>[];
  readonly platform: Pick<Platform, 'accounts' | 'waves'>;
  readonly placeOf: SourceLines;
  readonly by: CheckFinding['by'];
}

/** Findings that share id, source line and shape as one, errors first. */
export const grouped = (found: readonly Found[], surroundings: Surroundings): readonly CheckFinding[] =>
  groupsOf(found, surroundings).map(([, finding]) => finding);

/** Accepted findings that share id, source line, shape, reason and owner as one. */
export const groupedAccepted = (accepted: readonly Accepted[], surroundings: Surroundings): readonly WaivedFinding[] =>
  groupsOf(accepted, surroundings).map(([{ reason, owner }, finding]) => ({ ...finding, reason, owner }));

function groupsOf<Each extends Found & Partial<Accepted>>(
  found: readonly Each[],
  { assembled, platform, placeOf, by }: Surroundings,
): readonly (readonly [first: Each, finding: CheckFinding])[] {
  const shape = shapeWithout(namesOf(assembled, platform));
  const accountOf = accountsOf(assembled);
  const groups = new Map<string, { readonly place: CheckFinding['place']; readonly alike: [Each, ...Each[]] }>();
  for (const each of found) {
    const { id, severity, message, fix, path = '', reason, owner } = each;
    const place = each.place ?? placeOf(path);
    const key = JSON.stringify([id, severity, place ?? shape(path), shape(message), shape(fix), reason, owner]);
    const group = groups.get(key);
    if (group) group.alike.push(each);
    else groups.set(key, { place, alike: [each] });
  }
  return [...groups.values()]
    .map(({ place, alike }) => {
      const [first] = alike;
      const { id, severity, message, fix } = first;
      const paths = alike.flatMap(({ path }) => path ?? []);
      const accounts = [...new Set(paths.flatMap((path) => accountOf(path) ?? []))];
      const at = { ...(place && { place }), paths, accounts };
      return [first, { id, severity, message, fix, ...at, count: alike.length, by }] as const;
    })
    .sort(([, a], [, b]) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}

/** Names that make the same finding differ from place to place. */
const namesOf = (
  assembled: Surroundings['assembled'],
  { accounts, waves }: Surroundings['platform'],
): readonly string[] => [
  ...accounts.flatMap(({ id, name }) => [id, name]),
  ...waves.map(({ name }) => name),
  ...assembled.flatMap(({ path, name, account, region }) => [
    path,
    name,
    account,
    region,
    ...path.split('/').slice(1, -1),
  ]),
];

/** Account of a construct path: that of its innermost stack. */
function accountsOf(assembled: Surroundings['assembled']): (path: string) => string | undefined {
  const accounts = new Map(assembled.map(({ path, account }) => [path, account]));
  return (path) => {
    for (let scope = path; scope !== ''; scope = scope.slice(0, Math.max(0, scope.lastIndexOf('/')))) {
      const account = accounts.get(scope);
      if (account !== undefined) return account;
    }
    return undefined;
  };
}
