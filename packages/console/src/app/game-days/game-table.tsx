import type { GameRow } from '../../chart/game-rows.ts';
import { shownStates } from '../../chart/game-rows.ts';
import { axisMarks, placeOfMinute } from '../../chart/game-lines.ts';
import { Chip } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { hrefOf } from '../state/store.ts';
import { AlarmAxis } from './alarm-axis.tsx';

export interface GameTableProps {
  readonly rows: readonly GameRow[];
  /** Minutes of the axis. */
  readonly longest: number;
  /** Name of the game that is open. */
  readonly open: string | undefined;
}

/** A row for each game and each of its alarms. */
export function GameTable({ rows, longest, open }: GameTableProps) {
  const openAt = rows.findIndex(({ kind, game }) => kind === 'game' && game.name === open);
  return (
    <div class="grid-table games" role="table" aria-label="Game days" aria-rowcount={rows.length + 1}>
      <div role="rowgroup">
        <div class="grid-row head" role="row">
          <span role="columnheader">State</span>
          <span role="columnheader">Game day and alarms</span>
          <span role="columnheader" class="games-axis">
            <span class="off-screen">Due and fired</span>
            <span class="games-marks" aria-hidden="true">
              {axisMarks(longest).map(([minute, word]) => (
                <span key={word} style={{ left: `${placeOfMinute(minute, longest) * 100}%` }}>
                  {word}
                </span>
              ))}
            </span>
          </span>
          <span role="columnheader">Outcome</span>
        </div>
      </div>
      <VirtualList
        count={rows.length}
        rowHeight={30}
        height={720}
        {...(openAt >= 0 && { first: openAt })}
        row={(index) => {
          const row = rows[index];
          return row && <Row row={row} index={index} longest={longest} isOpen={row.game.name === open} />;
        }}
      />
    </div>
  );
}

interface RowProps {
  readonly row: GameRow;
  readonly index: number;
  readonly longest: number;
  readonly isOpen: boolean;
}

function Row({ row, index, longest, isOpen }: RowProps) {
  const { game } = row;
  if (row.kind === 'game') {
    return (
      <div class={isOpen ? 'grid-row game is-open' : 'grid-row game'} role="row" aria-rowindex={index + 2}>
        <span role="cell">
          <Chip state={shownStates[row.state]}>{capitalized(row.state)}</Chip>
        </span>
        <span role="cell" class="cell-name game-name">
          <a data-row data-open={isOpen ? '' : undefined} href={hrefOf({ name: 'gamedays', item: game.name })}>
            <Name>{game.name}</Name>
          </a>{' '}
          <span class="quiet">
            <Name>{game.title}</Name>
          </span>
        </span>
      </div>
    );
  }
  const { alarm, of, words, isRight } = row.line;
  return (
    <div class="grid-row" role="row" aria-rowindex={index + 2}>
      <span role="cell" />
      <span role="cell" class="cell-name quiet">
        {alarm === '' ? 'no alarm' : <Name isCode>{alarm}</Name>} {of !== '' && <Name>{of}</Name>}
      </span>
      <span role="cell" class="games-axis">
        {alarm !== '' && <AlarmAxis line={row.line} longest={longest} />}
      </span>
      <span role="cell" class={isRight ? 'quiet outcome' : 'outcome is-wrong'}>
        {words}
      </span>
    </div>
  );
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
