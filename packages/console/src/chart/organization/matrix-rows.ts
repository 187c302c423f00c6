import type { WaveModel } from '../../models/organization.ts';
import type { Level } from './geometry.ts';
import type { OrganizationRow } from './rows.ts';

/** A line of the matrix. */
export type MatrixRow =
  | {
      readonly kind: 'row';
      readonly id: string;
      readonly row: OrganizationRow;
      /** Waves whose cells are in it. */
      readonly waves: readonly string[];
    }
  /** Rows that are well and not drawn. */
  | { readonly kind: 'folded'; readonly id: 'folded'; readonly count: number };

export interface MatrixRowsProps {
  readonly level: Level;
  /** True if tenants that are well are one line. */
  readonly isFolded: boolean;
  readonly waves: readonly WaveModel[];
}

/** Tenants to fold at least: fewer of them are drawn. */
const leastFolded = 4;

/** Lines of the matrix: large ones are a wave each, others have a column for each wave. */
export function matrixRows(
  rows: readonly OrganizationRow[],
  { level, isFolded, waves }: MatrixRowsProps,
): readonly MatrixRow[] {
  const names = waves.map(({ name }) => name);
  if (level === 'large') {
    return rows.flatMap((row) =>
      (row.tenant ? names.filter((name) => row.cells.has(name)) : ['']).map((wave): MatrixRow => ({
        ...{ kind: 'row', id: `${row.id} ${wave}`, row, waves: [wave] },
      })),
    );
  }
  const isWell = ({ tenant, needsLook, worst }: OrganizationRow): boolean =>
    tenant !== undefined && !needsLook && worst !== 'running' && worst !== 'waiting';
  const well = isFolded ? rows.filter(isWell) : [];
  const drawn = well.length < leastFolded ? rows : rows.filter((row) => !isWell(row));
  const lines = drawn.map((row): MatrixRow => ({ kind: 'row', id: row.id, row, waves: row.tenant ? names : [''] }));
  if (well.length < leastFolded) return lines;
  const firstLoose = drawn.findIndex(({ tenant }) => tenant === undefined);
  const at = firstLoose < 0 ? lines.length : firstLoose;
  return [...lines.slice(0, at), { kind: 'folded', id: 'folded', count: well.length }, ...lines.slice(at)];
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth'];

/** Place of a wave in the deployment, and what it waits for: `first wave, deployed without approval`. */
export function waveText(waves: readonly WaveModel[], name: string): string {
  const at = waves.findIndex((wave) => wave.name === name);
  const wave = waves[at];
  if (!wave) return '';
  const place = ordinals[at] === undefined ? `wave ${at + 1}` : `${ordinals[at]} wave`;
  return `${place}, ${wave.isFrozen ? 'frozen' : wave.hasApproval ? 'after approval' : 'without approval'}`;
}
