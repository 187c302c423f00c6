import type { Cell } from '../../chart/organization/cell.ts';
import type { CellSize, Level } from '../../chart/organization/geometry.ts';
import { runsOf } from '../../chart/organization/last-runs.ts';
import { type MatrixRow, waveText } from '../../chart/organization/matrix-rows.ts';
import type { OrganizationRow } from '../../chart/organization/rows.ts';
import { countOf } from '../../chart/time-text.ts';
import { shownState } from '../../models/family.ts';
import type { OrganizationModel } from '../../models/organization.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { Glyph, LabeledGlyph } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { CellView } from './cell-view.tsx';

export interface MatrixLineProps {
  readonly models: Snapshot;
  readonly model: OrganizationModel;
  readonly line: MatrixRow;
  readonly level: Level;
  readonly size: CellSize;
  /** Columns of the grid. */
  readonly grid: string;
  /** Id of the account that is open. */
  readonly item: string | undefined;
  readonly index: number;
  /** True for the row that Tab leads to. */
  readonly isStop: boolean;
  /** Waves of the columns; '' for the only one. */
  readonly columns: readonly string[];
  readonly unfold: () => void;
}

/** A row of the matrix: its tenant, a cell for each wave, its last runs. */
export function MatrixLine({ line, columns, index, grid, unfold, ...props }: MatrixLineProps) {
  if (line.kind === 'folded') {
    return (
      <div class="matrix-line folded" role="row" aria-rowindex={index}>
        <span role="cell">
          <button type="button" class="button small" data-row tabIndex={props.isStop ? 0 : -1} onClick={unfold}>
            <Glyph state="succeeded" /> {countOf(line.count, 'tenant')} {line.count === 1 ? 'is' : 'are'} well: show
          </button>
        </span>
      </div>
    );
  }
  const { row, waves } = line;
  const [only = ''] = waves;
  const isWide = row.tenant === undefined || props.level === 'large';
  return (
    <div class="matrix-line" role="row" aria-rowindex={index} style={{ gridTemplateColumns: grid }}>
      <span role="rowheader" class="matrix-name">
        <Label row={row} />
        {props.level === 'large' && row.tenant && (
          <span class="quiet">
            <Name>{only}</Name>, {waveText(props.model.waves, only)}
          </span>
        )}
      </span>
      {isWide ? (
        <span role="cell" style={{ gridColumn: `2 / span ${columns.length}` }}>
          <WaveCell row={row} wave={only} {...props} />
        </span>
      ) : (
        columns.map((wave) => (
          <span key={wave} role="cell">
            <WaveCell row={row} wave={wave} {...props} />
          </span>
        ))
      )}
      <span role="cell" class="last-runs">
        <LastRuns models={props.models} cells={waves.flatMap((wave) => row.cells.get(wave) ?? [])} />
      </span>
    </div>
  );
}

const Label = ({ row: { tenant } }: { readonly row: OrganizationRow }) =>
  tenant ? (
    <>
      <strong>
        <Name>{tenant.name}</Name>
      </strong>
      <span class="quiet">
        {tenant.isRemoved ? 'leaves, ' : ''}
        <Name>{tenant.owner}</Name>
      </span>
    </>
  ) : (
    <span class="quiet">not of a tenant</span>
  );

type WaveCellProps = Omit<MatrixLineProps, 'line' | 'columns' | 'index' | 'grid' | 'unfold'> & {
  readonly row: OrganizationRow;
  readonly wave: string;
};

function WaveCell({ row, wave, ...props }: WaveCellProps) {
  const cell = row.cells.get(wave);
  if (!cell) {
    return (
      <span class="quiet">
        not in <Name>{wave}</Name>
      </span>
    );
  }
  const placed = row.tenant?.cells.find((each) => each.wave === wave);
  const withheld = placed?.withheld ?? [];
  return <CellView {...props} cell={cell} notes={withheld.length > 0 ? withheld : (placed?.freezes ?? [])} />;
}

/** Runs that are shown of a row at most. */
const mostRuns = 4;

function LastRuns({ models, cells }: { readonly models: Snapshot; readonly cells: readonly Cell[] }) {
  const entries = [...new Set(cells.flatMap(({ boxes }) => boxes[0]?.machines ?? []))];
  const runs = runsOf(models, entries).slice(0, mostRuns).reverse();
  if (runs.length === 0) return <span class="quiet">never ran</span>;
  return (
    <>
      {runs.map((run) => (
        <LabeledGlyph key={run.arn} state={shownState(run, models.verdicts)} />
      ))}
    </>
  );
}
