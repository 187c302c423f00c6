import { capitalized } from '../../chart/capitalized.ts';
import type { GameRow } from '../../chart/game-rows.ts';
import { shownStates } from '../../chart/game-rows.ts';
import { axisMarks, type GameLine, placeOfMinute } from '../../chart/game-lines.ts';
import { Chip } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { hrefOf } from '../state/store.ts';
import { GridTable } from '../table/grid-table.tsx';
import { RowLink, type RowPlace } from '../table/row-link.tsx';
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
    <GridTable
      name="games"
      label="Game days"
      columns={[
        ['State'],
        ['Game day and alarms', 'cell-name'],
        [<AxisHead longest={longest} />, 'games-axis'],
        ['Outcome', 'outcome'],
      ]}
      rows={rows}
      openAt={openAt}
      rowHeight={30}
      height={720}
      classOf={({ kind }) => kind}
      cells={(row, place) => (row.kind === 'game' ? gameCells(row, place) : alarmCells(row.line, longest))}
    />
  );
}

const AxisHead = ({ longest }: { readonly longest: number }) => (
  <>
    <span class="off-screen">Due and fired</span>
    <span class="games-marks" aria-hidden="true">
      {axisMarks(longest).map(([minute, word]) => (
        <span key={word} style={{ left: `${placeOfMinute(minute, longest) * 100}%` }}>
          {word}
        </span>
      ))}
    </span>
  </>
);

const gameCells = ({ game, state }: Extract<GameRow, { readonly kind: 'game' }>, place: RowPlace) => [
  <Chip state={shownStates[state]}>{capitalized(state)}</Chip>,
  <>
    <RowLink place={place} href={hrefOf({ name: 'gamedays', item: game.name })}>
      <Name>{game.name}</Name>
    </RowLink>{' '}
    <span class="quiet">
      <Name>{game.title}</Name>
    </span>
  </>,
];

const alarmCells = (line: GameLine, longest: number) => [
  '',
  <>
    {line.alarm === '' ? 'no alarm' : <Name isCode>{line.alarm}</Name>} {line.of !== '' && <Name>{line.of}</Name>}
  </>,
  line.alarm !== '' && <AlarmAxis line={line} longest={longest} />,
  line.isRight ? line.words : <span class="is-wrong">{line.words}</span>,
];
