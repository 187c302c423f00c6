import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { gameRows, gamesFinding } from '../../chart/game-rows.ts';
import { longestMinute } from '../../chart/game-lines.ts';
import { countOf } from '../../chart/time-text.ts';
import { Playing } from '../live/acting/playing.tsx';
import { Empty, Title } from '../parts/head.tsx';
import { SearchField } from '../parts/search-field.tsx';
import type { ViewProps } from '../view-props.ts';
import { GameDetail } from './game-detail.tsx';
import { GameTable } from './game-table.tsx';
import './game-days.css';

/** Game days of all workloads: a fault each, the alarms that must fire, and those that did. */
export function GameDays({ models, item }: ViewProps) {
  const model = models.sections.gameDays;
  const text = useSignal<string | undefined>(undefined);
  const rows = useMemo(() => gameRows(model, text.value ?? ''), [model, text.value]);
  const longest = useMemo(() => longestMinute(model.games), [model.games]);
  const open = model.games.find(({ name }) => name === item);
  const count = rows.filter(({ kind }) => kind === 'game').length;
  return (
    <>
      <Title>{gamesFinding(model)}</Title>
      <p class="lead">
        Each takes one thing away in a sandbox of its own, and names the alarms that must fire. The time of the strip
        does not concern it.
      </p>
      <div role="status">
        {model.problems.map((problem) => (
          <Empty key={problem}>{problem}</Empty>
        ))}
      </div>
      {IS_SERVED && model.playing && <Playing playing={model.playing} />}
      {item !== undefined && !open && <Empty>{`There is no game day ${item}: choose one of the list.`}</Empty>}
      {model.games.length === 0 ? (
        <Empty>
          A workload brings game days along in its local.ts, and gamedays.yaml lists the tenants that they are played
          on: docs/workloads.md says how.
        </Empty>
      ) : (
        <div class={open ? 'with-detail games-view' : 'games-view'}>
          <div>
            <p class="tools">
              <SearchField
                label="Search game days and alarms"
                placeholder="Search"
                value={text.value}
                onText={(next) => {
                  text.value = next;
                }}
              />
              <span class="quiet">
                {countOf(count, 'game day')}, minutes of virtual time after the fault; bar: due, disc: fired
              </span>
            </p>
            {rows.length === 0 ? (
              <Empty>No game day contains this text: change the search.</Empty>
            ) : (
              <GameTable rows={rows} longest={longest} open={item} />
            )}
          </div>
          {open && <GameDetail key={open.name} game={open} playing={model.playing} />}
        </div>
      )}
    </>
  );
}
