import { listed, nearest } from './nearest.ts';
import type { Outline } from './outline.ts';
import type { Path, PathProblem } from './problem.ts';
import { accountName } from './schema.ts';

/**
 * Names of accounts and waves that nothing in the file has; the nearest that is there is named. Where that one, or the
 * name itself, has a wrong form, the form is the problem already.
 */
export function references(outline: Outline): readonly PathProblem[] {
  const accounts = new Set(outline.accounts.flatMap(({ name }) => name ?? []));
  const waves = new Set(waveNames(outline));
  return [
    ...accountReferences(outline).flatMap(({ path, name }) => dangling('account', path, name, accounts)),
    ...waveReferences(outline)
      .flatMap(({ path, name }) => dangling('wave', path, name, waves))
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
  path: Path,
  name: string,
  known: ReadonlySet<string>,
): readonly PathProblem[] {
  if (known.has(name) || known.size === 0) return [];
  const meant = nearest(name, known);
  const hasForm = (text: string): boolean => accountName.safeParse(text).success;
  if (!hasForm(name) || (meant !== undefined && !hasForm(meant))) return [];
  return [
    {
      path,
      what: `no ${kind} is called "${name}"`,
      expected: listed(known),
      fix: meant === undefined ? `add it to ${kind}s, or name one that is there` : `did you mean "${meant}"?`,
    },
  ];
}

interface Reference {
  readonly path: Path;
  readonly name: string;
}

function accountReferences({ pipeline, monitoring, tenants }: Outline): readonly Reference[] {
  const references: readonly { readonly path: Path; readonly name: string | undefined }[] = [
    { path: ['pipeline', 'account'], name: pipeline.account },
    { path: ['monitoring', 'account'], name: monitoring.account },
    ...tenants.flatMap(({ waves }, tenant) =>
      Object.entries(waves).flatMap(([wave, stages]) =>
        stages.map(({ stage, account }) => ({ path: ['tenants', tenant, 'waves', wave, stage], name: account })),
      ),
    ),
  ];
  return references.flatMap(({ path, name }) => (name === undefined ? [] : [{ path, name }]));
}

const waveReferences = ({ tenants }: Outline): readonly Reference[] =>
  tenants.flatMap(({ waves }, tenant) =>
    Object.keys(waves).map((name) => ({ path: ['tenants', tenant, 'waves', name], name })),
  );

const waveNames = ({ waves }: Outline): readonly string[] => waves.flatMap(({ name }) => name ?? []);
