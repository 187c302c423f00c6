import { runView } from '../../models/address.ts';
import { clockText, durationText } from '../../chart/time-text.ts';
import type { ExecutionModel } from '../../models/executions.ts';
import { shownState, statedRuns, urgency } from '../../models/family.ts';
import { remembered } from '../../models/remembered.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { NothingRan } from '../live/nothing-ran.tsx';
import { Chip } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { hrefOf } from '../state/store.ts';

/** Runs that no other execution started: those that need a person first, then the newest. */
export const byUrgency = remembered((models: Snapshot): readonly ExecutionModel[] =>
  statedRuns(models)
    .map(({ run, state }) => ({ run, place: urgency(state) }))
    .sort((one, other) => one.place - other.place || other.run.startedAt - one.run.startedAt)
    .map(({ run }) => run),
);

export interface RunTableProps {
  readonly models: Snapshot;
  readonly runs: readonly ExecutionModel[];
  readonly label: string;
}

/** Runs as rows, each of them a link. */
export function RunTable({ models, runs, label }: RunTableProps) {
  if (runs.length === 0) return <NothingRan />;
  return (
    <div class="grid-table runs" role="table" aria-label={label} aria-rowcount={runs.length + 1}>
      <div role="rowgroup">
        <div class="grid-row head" role="row">
          <span role="columnheader">State</span>
          <span role="columnheader">Run</span>
          <span role="columnheader" class="wide-only">
            Account
          </span>
          <span role="columnheader">Started</span>
          <span role="columnheader" class="number">
            Took
          </span>
        </div>
      </div>
      <VirtualList
        count={runs.length}
        rowHeight={32}
        row={(index, isStop) => {
          const run = runs[index];
          return run && <RunRow models={models} run={run} index={index + 2} isStop={isStop} />;
        }}
      />
    </div>
  );
}

function RunRow({
  models,
  run,
  index,
  isStop,
}: {
  readonly models: Snapshot;
  readonly run: ExecutionModel;
  readonly index: number;
  readonly isStop: boolean;
}) {
  return (
    <div class="grid-row" role="row" aria-rowindex={index}>
      <span role="cell">
        <Chip state={shownState(run, models.verdicts)} />
      </span>
      <span role="cell" class="cell-name">
        <a data-row tabIndex={isStop ? 0 : -1} href={hrefOf(runView(run.arn, 'waterfall'))}>
          <Name>{run.title}</Name>
        </a>{' '}
        <span class="quiet">
          <Name isCode>{run.name}</Name>
        </span>
      </span>
      <span role="cell" class="cell-name wide-only">
        <Name>{models.accounts.find(({ id }) => id === run.account)?.name ?? run.account}</Name>
      </span>
      <span role="cell" class="code">
        {clockText(run.startedAt)}
      </span>
      <span role="cell" class="number">
        {durationText((run.stoppedAt ?? models.at) - run.startedAt)}
      </span>
    </div>
  );
}
