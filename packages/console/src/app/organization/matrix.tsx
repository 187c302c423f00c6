import { useSignal } from '@preact/signals';
import { type CellSize, type Level } from '../../chart/organization/geometry.ts';
import { type MatrixRow, matrixRows, waveText } from '../../chart/organization/matrix-rows.ts';
import type { OrganizationRow } from '../../chart/organization/rows.ts';
import type { Address } from '../../models/address.ts';
import type { OrganizationModel } from '../../models/organization.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { Name } from '../parts/name.tsx';
import { useWidth } from '../parts/use-width.ts';
import { VirtualList } from '../parts/virtual-list.tsx';
import { MatrixLine } from './matrix-line.tsx';

export interface MatrixProps {
  readonly models: Snapshot;
  readonly model: OrganizationModel;
  readonly rows: readonly OrganizationRow[];
  readonly level: Level;
  readonly address: Address;
  /** Id of the account that is open. */
  readonly item: string | undefined;
}

/** Pixels of the column of names and of that of the last runs. */
const labels = 132;
const runs = 84;
/** Pixels of a wave at least; a narrower window scrolls. */
const leastWave = { large: 560, medium: 248, many: 248 } as const;
const heights = { large: 116, medium: 44, many: 44 } as const;

/** Tenants as rows, waves as columns; of a few accounts each wave has a row of its own. */
export function Matrix({ models, model, rows, level, address, item }: MatrixProps) {
  const { ref, width } = useWidth();
  const areWellShown = useSignal(false);
  const columns = level === 'large' ? [''] : model.waves.map(({ name }) => name);
  const isFolded = level === 'many' && !areWellShown.value && address.filter === undefined;
  const lines = matrixRows(rows, { level, isFolded, waves: model.waves });
  const least = labels + runs + Math.max(1, columns.length) * leastWave[level];
  const whole = Math.max(width.value, least);
  const column = Math.floor((whole - labels - runs) / Math.max(1, columns.length));
  const size: CellSize =
    level === 'large'
      ? { width: column - 24, height: 84, gap: 150, box: 300 }
      : { width: column - 24, height: 30, gap: 28, box: 210 };
  const openAt = lines.findIndex((line) => line.kind === 'row' && hasAccount(line, item));
  const grid = `${labels}px repeat(${Math.max(1, columns.length)}, ${column}px) ${runs}px`;
  return (
    <div ref={ref} class="scroll-x matrix-box" tabIndex={0} role="region" aria-label="Tenants and their accounts">
      {width.value > 0 && (
        <div
          class="matrix"
          role="table"
          aria-label={level === 'large' ? 'Tenants in their waves' : 'Tenants by wave'}
          aria-rowcount={lines.length + 1}
          style={{ width: `${whole}px` }}
        >
          <div role="rowgroup">
            <div class="matrix-line head" role="row" style={{ gridTemplateColumns: grid }}>
              <span role="columnheader">Tenant</span>
              {columns.map((wave) => (
                <span key={wave} role="columnheader">
                  {wave === '' ? 'Accounts' : <Name>{wave}</Name>}{' '}
                  {wave !== '' && <span class="quiet">{waveText(model.waves, wave)}</span>}
                </span>
              ))}
              <span role="columnheader">Last runs</span>
            </div>
          </div>
          <VirtualList
            count={lines.length}
            rowHeight={heights[level]}
            height={level === 'many' ? 704 : 1_640}
            {...(openAt >= 0 && { first: openAt })}
            row={(index, isStop) => {
              const line = lines[index];
              return (
                line && (
                  <MatrixLine
                    {...{ models, model, line, level, size, grid, item }}
                    index={index + 2}
                    isStop={isStop}
                    columns={columns}
                    unfold={() => {
                      areWellShown.value = true;
                    }}
                  />
                )
              );
            }}
          />
        </div>
      )}
    </div>
  );
}

const hasAccount = ({ row, waves }: Extract<MatrixRow, { kind: 'row' }>, account: string | undefined): boolean =>
  waves.some((wave) => row.cells.get(wave)?.boxes.some((box) => box.account === account));
