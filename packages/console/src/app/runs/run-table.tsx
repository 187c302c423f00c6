import { runView } from '../../models/address.ts';
import { clockText, durationText } from '../../chart/time-text.ts';
import type { ExecutionModel } from '../../models/executions.ts';
import { shownState, statedRuns, urgency } from '../../models/family.ts';
import { accountName } from '../../models/lookup.ts';
import { remembered } from '../../models/remembered.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { NothingRan } from './nothing-ran.tsx';
import { Chip } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { hrefOf } from '../state/store.ts';
import { GridTable } from '../table/grid-table.tsx';
import { RowLink } from '../table/row-link.tsx';

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
    <GridTable
      name="runs"
      label={label}
      columns={[
        ['State'],
        ['Run', 'cell-name'],
        ['Account', 'cell-name wide-only'],
        ['Started', 'code'],
        ['Took', 'number'],
      ]}
      rows={runs}
      cells={(run, place) => [
        <Chip state={shownState(run, models.verdicts)} />,
        <>
          <RowLink place={place} href={hrefOf(runView(run.arn, 'waterfall'))}>
            <Name>{run.title}</Name>
          </RowLink>{' '}
          <span class="quiet">
            <Name isCode>{run.name}</Name>
          </span>
        </>,
        <Name>{accountName(models.accounts, run.account) ?? run.account}</Name>,
        clockText(run.startedAt),
        durationText((run.stoppedAt ?? models.at) - run.startedAt),
      ]}
    />
  );
}
