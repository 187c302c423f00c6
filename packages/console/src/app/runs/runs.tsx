import { runsNaming } from '../../chart/run-filter.ts';
import { countOf, countText } from '../../chart/time-text.ts';
import type { Address } from '../../models/address.ts';
import type { ExecutionModel } from '../../models/executions.ts';
import { shownState } from '../../models/family.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import type { ShownState } from '../../models/states.ts';
import { StartButton } from '../actions/start-button.tsx';
import { Counted, FilterLinks } from '../parts/filter-links.tsx';
import { Empty, Title } from '../parts/head.tsx';
import { hrefOf } from '../state/store.ts';
import { byUrgency, RunTable } from './run-table.tsx';
import { RunTools } from './run-tools.tsx';

export interface RunsProps {
  readonly models: Snapshot;
  /** With the state that all listed runs are in, and the text that they name; without them, all are listed. */
  readonly address: Pick<Address, 'state' | 'filter'>;
}

/** All runs: what needs a person first. */
export function Runs({ models, address: { state, filter } }: RunsProps) {
  const all = byUrgency(models);
  const named = runsNaming(models, all, filter ?? '');
  const counts = countsOf(named, models);
  const runs = state === undefined ? named : named.filter((run) => shownState(run, models.verdicts) === state);
  const counted = [...counts].map(([each, count]) => `${countText(count)} ${each}`).join(', ');
  const states = [...counts.keys()];
  return (
    <>
      <div class="head-row">
        <Title>{all.length === 0 ? 'Nothing ran yet' : titleOf(named.length, all.length, counted)}</Title>
        <StartButton />
      </div>
      {(states.length > 1 || state !== undefined) && (
        <FilterLinks
          label="States of runs"
          links={[undefined, ...states].map((each) => ({
            href: hrefOf({ name: 'runs' }, { filter, state: each }),
            isCurrent: state === each,
            children: (
              <Counted word={each ?? 'all'} count={each === undefined ? named.length : (counts.get(each) ?? 0)} />
            ),
          }))}
        />
      )}
      {all.length > 1 && <RunTools models={models} count={runs.length} filter={filter ?? ''} />}
      {all.length > 0 && runs.length === 0 ? (
        <Empty>No run matches: change the filter.</Empty>
      ) : (
        <RunTable models={models} runs={runs} label="Runs" />
      )}
    </>
  );
}

function countsOf(runs: readonly ExecutionModel[], { verdicts }: Snapshot): ReadonlyMap<ShownState, number> {
  const counts = new Map<ShownState, number>();
  for (const run of runs) {
    const state = shownState(run, verdicts);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return counts;
}

function titleOf(count: number, all: number, counted: string): string {
  if (count === all) return `${countOf(all, 'run')}: ${counted}`;
  return `${countText(count)} of ${countOf(all, 'run')}${counted === '' ? '' : `: ${counted}`}`;
}
