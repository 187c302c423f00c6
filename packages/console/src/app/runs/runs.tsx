import { countOf } from '../../chart/time-text.ts';
import { shownState } from '../../models/family.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { Title } from '../parts/head.tsx';
import { hrefOf } from '../state/store.ts';
import { byUrgency, RunTable } from './run-table.tsx';

export interface RunsProps {
  readonly models: Snapshot;
  /** State that all listed runs are in; undefined for all. */
  readonly state: string | undefined;
}

/** All runs: what needs a person first. */
export function Runs({ models, state }: RunsProps) {
  const all = byUrgency(models);
  const stateOf = new Map(all.map((run) => [run.arn, shownState(run, models.verdict)]));
  const states = [...new Set(stateOf.values())];
  const runs = state === undefined ? all : all.filter(({ arn }) => stateOf.get(arn) === state);
  const counted = states
    .map((each) => `${[...stateOf.values()].filter((one) => one === each).length} ${each}`)
    .join(', ');
  return (
    <>
      <Title>{all.length === 0 ? 'Nothing ran yet' : `${countOf(all.length, 'run')}: ${counted}`}</Title>
      {states.length > 1 && (
        <nav class="filters" aria-label="States of runs">
          <a href={hrefOf({ name: 'runs' })} aria-current={state === undefined ? 'true' : undefined}>
            all
          </a>
          {states.map((each) => (
            <a
              key={each}
              href={hrefOf({ name: 'runs' }, { state: each })}
              aria-current={state === each ? 'true' : undefined}
            >
              {each}
            </a>
          ))}
        </nav>
      )}
      <RunTable models={models} runs={runs} label="Runs" />
    </>
  );
}
