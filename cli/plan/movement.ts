import type { Account, Platform } from '../../config/schema.ts';

/** Names and ids that come, go and move between two platforms: what only follows them is no change of its own. */
export interface Movement {
  /** True for a text that names an account or tenant that joins. */
  readonly namesNew: (text: string) => boolean;
  /** True for a text that names an account or tenant that leaves. */
  readonly namesGone: (text: string) => boolean;
  /** The text without the names of what joins. A text that is equal then differs by them alone. */
  readonly withoutNew: (text: string) => string;
  readonly withoutGone: (text: string) => string;
  /** The text of before, as it is if only tenants move and accounts are renamed. */
  readonly moved: (text: string) => string;
}

export interface TenantMove {
  readonly tenant: string;
  readonly wave: string;
  readonly stage: string;
  readonly from: Account;
  readonly to: Account;
}

type Named = Pick<Account, 'id' | 'name'>;

/**
 * Names that come, go and move between two platforms.
 * @param renames new names of resources that are replaced, by their old ones
 */
export function movementOf(
  before: Platform,
  after: Platform,
  renames: ReadonlyMap<string, string> = new Map(),
): Movement {
  const [gone, came] = [difference(before, after), difference(after, before)];
  return {
    ...{ namesNew: naming(came), namesGone: naming(gone) },
    ...{ withoutNew: leavingOut(came), withoutGone: leavingOut(gone) },
    moved: replacing(new Map([...substitutions(before, after), ...renames])),
  };
}

/** Ids and names of one platform that the other has nowhere. */
function difference(one: Platform, other: Platform): readonly string[] {
  const known = new Set(wordsOf(other));
  return wordsOf(one).filter((word) => !known.has(word));
}

const wordsOf = ({ accounts, tenants }: Platform): readonly string[] => [
  ...accounts.flatMap(({ id, name }) => [id, name]),
  ...tenants.map(({ name }) => name),
];

/** Stages of tenants that are in another account than before. */
export function tenantMoves(before: Platform, after: Platform): readonly TenantMove[] {
  const [from, to] = [before, after].map(
    ({ accounts }) => new Map<string, Account>(accounts.map((each) => [each.name, each])),
  );
  return after.tenants.flatMap(({ name: tenant, waves }) =>
    Object.entries(waves).flatMap(([wave, { stages }]) =>
      stages.flatMap(({ stage, account }): readonly TenantMove[] => {
        const old = before.tenants.find(({ name }) => name === tenant)?.waves[wave];
        const was = from?.get(old?.stages.find((each) => each.stage === stage)?.account ?? '');
        const is = to?.get(account);
        return was && is && was.id !== is.id ? [{ tenant, wave, stage, from: was, to: is }] : [];
      }),
    ),
  );
}

/** Ids and names after the change, by those before. */
function substitutions(before: Platform, after: Platform): ReadonlyMap<string, string> {
  const names = new Map<string, string>(after.accounts.map(({ id, name }) => [id, name]));
  const renamed = before.accounts.flatMap(({ id, name }): readonly [Named, Named][] => {
    const now = names.get(id);
    return now === undefined || now === name
      ? []
      : [
          [
            { id, name },
            { id, name: now as Account['name'] },
          ],
        ];
  });
  const moved = tenantMoves(before, after).map(({ from, to }): [Named, Named] => [from, to]);
  return new Map(
    [...renamed, ...moved].flatMap(([from, to]): [string, string][] => [
      [from.id, to.id],
      [from.name, to.name],
    ]),
  );
}

function naming(words: readonly string[]): (text: string) => boolean {
  if (words.length === 0) return () => false;
  const pattern = wholeWords(words);
  return (text) => text.search(pattern) !== -1;
}

/** In the place of names that are left out. */
export const leftOut = '\uFFFC';

const leavingOut = (words: readonly string[]): ((text: string) => string) =>
  replacing(new Map(words.map((word) => [word, leftOut])));

/** Replaces whole words. */
export function replacing(words: ReadonlyMap<string, string>): (text: string) => string {
  if (words.size === 0) return (text) => text;
  const pattern = wholeWords([...words.keys()]);
  return (text) => text.replace(pattern, (word) => words.get(word) ?? word);
}

/** Whole words, longer ones first, because a name may contain another. */
const wholeWords = (words: readonly string[]): RegExp =>
  new RegExp(`(?<![A-Za-z0-9])(?:${[...words].sort((a, b) => b.length - a.length).join('|')})(?![A-Za-z0-9])`, 'g');
