import { accountWith, type Cell, type CellBox, type CellLine } from '../../chart/organization/cell.ts';
import { type CellSize, type Level, mostBoxes, placedBoxes, placedLines } from '../../chart/organization/geometry.ts';
import { lastRunOf } from '../../chart/organization/last-runs.ts';
import { countsOf, countsText } from '../../chart/organization/summary.ts';
import { visibleText } from '../../chart/visible-text.ts';
import { clockText } from '../../chart/time-text.ts';
import type { OrganizationModel } from '../../models/organization.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { Glyph, hueOfState } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { address, hrefOf } from '../state/store.ts';
import { CellLines } from './cell-lines.tsx';

export interface CellViewProps {
  readonly models: Snapshot;
  readonly model: OrganizationModel;
  readonly cell: Cell;
  readonly level: Level;
  readonly size: CellSize;
  /** Id of the account that is open. */
  readonly item: string | undefined;
  /** True if Tab leads to its accounts. */
  readonly isStop: boolean;
  /** Why it has no stacks, or why they stay as they are. */
  readonly notes: readonly string[];
}

/** Pixels of a box with room for the name of an account, which begins with that of its tenant, and for its id besides. */
const room = { name: 140, id: 240 } as const;

/** Accounts side by side, with the lines between those that start workflows of each other. */
export function CellView({ models, model, cell, level, size, item, isStop, notes }: CellViewProps) {
  const boxes = placedBoxes(cell.boxes.length, size);
  const lines = placedLines(cell, boxes, size);
  return (
    <div class="cell" style={{ height: `${size.height}px`, width: `${size.width}px` }}>
      {cell.boxes.slice(0, mostBoxes).map((box, index) => (
        <div
          key={box.account}
          class="cell-box"
          style={{ left: `${boxes[index]?.x ?? 0}px`, width: `${boxes[index]?.width ?? 0}px` }}
        >
          <AccountBox
            {...{ models, model, box, level, isStop }}
            isOpen={box.account === item}
            width={boxes[index]?.width ?? 0}
          />
        </div>
      ))}
      <CellLines lines={lines} size={size} isLabeled={level === 'large'} />
      <span class="off-screen">{lineTexts(model, cell).join('. ')}</span>
      {cell.boxes.length > mostBoxes && <span class="cell-note">{`and ${cell.boxes.length - mostBoxes} more`}</span>}
      {notes.length > 0 && (
        <span class="cell-note">
          <Name>{notes.join(', ')}</Name>
        </span>
      )}
    </div>
  );
}

interface AccountBoxProps {
  readonly models: Snapshot;
  readonly model: OrganizationModel;
  readonly box: CellBox;
  readonly level: Level;
  readonly isOpen: boolean;
  /** Pixels. */
  readonly width: number;
  readonly isStop: boolean;
}

function AccountBox({ models, model, box, level, isOpen, width, isStop }: AccountBoxProps) {
  const account = accountWith(model, box.account);
  const name = account?.name ?? box.account;
  const isNarrow = width < room.name;
  const hasId = level === 'large' && width >= room.id && name !== box.account;
  const last = lastRunOf(models, box.machines);
  const state = last?.state ?? 'waiting';
  const { filter } = address.value;
  return (
    <a
      class={`account-box is-${hueOfState(state)}`}
      data-row
      tabIndex={isStop ? 0 : -1}
      data-account={box.account}
      data-open={isOpen ? '' : undefined}
      aria-current={isOpen ? 'true' : undefined}
      aria-label={isNarrow ? `${last ? state : 'never ran'} ${visibleText(name)}` : undefined}
      href={hrefOf({ name: 'organization', item: box.account }, { filter })}
    >
      <span class="account-head">
        <Glyph state={state} label={last ? state : 'never ran'} />
        <Name>{isNarrow && box.stages.length > 0 ? box.stages.join(', ') : name}</Name>
        {hasId && <span class="code">{box.account}</span>}
      </span>
      {level === 'large' && (
        <>
          <span>{account ? countsText(countsOf(account, box.stacks)) : 'not listed'}</span>
          <span class="quiet">
            {last ? `${state} since ${clockText(last.run.stoppedAt ?? last.run.startedAt)} UTC` : 'never ran here'}
          </span>
        </>
      )}
    </a>
  );
}

/** Lines as sentences, for those who do not see them. */
function lineTexts(model: OrganizationModel, { boxes, lines }: Cell): readonly string[] {
  const nameOf = (place: number): string => {
    const id = boxes[place]?.account ?? '';
    return accountWith(model, id)?.name ?? id;
  };
  return lines.map((line) => `${nameOf(line.from)} starts workflows of ${nameOf(line.to)}${conditionText(line)}`);
}

function conditionText({ role, conditions, denied }: CellLine): string {
  const as = role === null ? '' : ` as ${role.split('/').at(-1) ?? role}`;
  const when = conditions.length === 0 ? '' : ` if ${conditions.join(' and ')}`;
  return `${as}${when}${denied === null ? '' : `; denied ${denied}`}`;
}
