import { type AccountPlace, accountCandidates } from './account-candidates.ts';
import { listed, nearest } from './nearest.ts';
import type { Outline } from './outline.ts';
import type { Path, PathProblem } from './problem.ts';
import { accountName } from './schema.ts';

/**
 * Names of accounts and waves that nothing in the file has, with the nearest that is valid there. Where the nearest of all,
 * or the name itself, has a wrong form, the form is the problem already.
 */
export function references(outline: Outline): readonly PathProblem[] {
  const accounts = new Set(outline.accounts.flatMap(({ name }) => name ?? []));
  const waves = new Set(waveNames(outline));
  return [
    ...accountReferences(outline).flatMap(({ path, name, place }) =>
      dangling('account', { path, name }, accounts, () => accountCandidates(outline, place)),
    ),
    ...waveReferences(outline)
      .flatMap((reference) => dangling('wave', reference, waves, () => [...waves]))
      .map((problem) => ({ ...problem, key: true as const })),
  ];
}

/** The waves that a name which is in no list was most likely meant to be. */
export function meantWaves(outline: Outline): ReadonlySet<string> {
  const waves = new Set(waveNames(outline));
  const unknown = waveReferences(outline).filter(({ name }) => !waves.has(name));
  return new Set(unknown.flatMap(({ name }) => nearest(name, waves) ?? []));
}

function dangling(
  kind: 'account' | 'wave',
  { path, name }: Reference,
  known: ReadonlySet<string>,
  candidates: () => readonly string[],
): readonly PathProblem[] {
  if (known.has(name) || known.size === 0) return [];
  const near = nearest(name, known);
  const hasForm = (text: string): boolean => accountName.safeParse(text).success;
  if (!hasForm(name) || (near !== undefined && !hasForm(near))) return [];
  const valid = candidates();
  const meant = nearest(name, valid);
  const otherwise = valid.length === 0 ? `add it to ${kind}s` : `add it to ${kind}s, or name one that is there`;
  return [
    {
      path,
      what: `no ${kind} is called "${name}"`,
      expected: valid.length === 0 ? `a name in ${kind}s` : listed(valid),
      fix: meant === undefined ? otherwise : `did you mean "${meant}"?`,
    },
  ];
}

interface Reference {
  readonly path: Path;
  readonly name: string;
}

interface AccountReference extends Reference {
  readonly place: AccountPlace;
}

function accountReferences({ pipeline, monitoring, tenants }: Outline): readonly AccountReference[] {
  const references: readonly (Omit<AccountReference, 'name'> & { readonly name: string | undefined })[] = [
    { path: ['pipeline', 'account'], name: pipeline.account, place: { kind: 'own' } },
    { path: ['monitoring', 'account'], name: monitoring.account, place: { kind: 'own' } },
    ...tenants.flatMap(({ waves }, tenant) =>
      Object.entries(waves).flatMap(([wave, stages]) =>
        stages.map(({ stage, account: name }) => ({
          path: ['tenants', tenant, 'waves', wave, stage],
          name,
          place: { kind: 'stage' as const, tenant, wave, stage },
        })),
      ),
    ),
  ];
  return references.flatMap(({ name, ...rest }) => (name === undefined ? [] : [{ ...rest, name }]));
}

const waveReferences = ({ tenants }: Outline): readonly Reference[] =>
  tenants.flatMap(({ waves }, tenant) =>
    Object.keys(waves).map((name) => ({ path: ['tenants', tenant, 'waves', name], name })),
  );

const waveNames = ({ waves }: Outline): readonly string[] => waves.flatMap(({ name }) => name ?? []);
