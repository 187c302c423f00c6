import type { Outcome } from './kill.ts';
import { mutantKinds } from './mutant.ts';

/** Mutants and survivors by kind, for a person. */
export function outcomeTable(outcomes: readonly Outcome[]): string {
  const rows = mutantKinds.map((kind) => {
    const all = outcomes.filter(({ mutant }) => mutant.kind === kind);
    return [kind, `${all.length}`, `${survivorsOf(all).length}`];
  });
  const total = ['all', `${outcomes.length}`, `${survivorsOf(outcomes).length}`];
  return [['kind', 'mutants', 'survivors'], ...rows, total]
    .map(
      ([kind = '', mutants = '', survivors = '']) =>
        `${kind.padEnd(16)}${mutants.padStart(8)}${survivors.padStart(11)}`,
    )
    .join('\n');
}

export const survivorsOf = (outcomes: readonly Outcome[]): readonly Outcome[] =>
  outcomes.filter(({ killedBy }) => killedBy === undefined);
