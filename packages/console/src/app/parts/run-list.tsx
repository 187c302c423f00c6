import type { ComponentChildren } from 'preact';
import { durationText } from '../../chart/time-text.ts';
import { runView } from '../../models/address.ts';
import type { ExecutionModel } from '../../models/executions.ts';
import { shownState } from '../../models/family.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { hrefOf } from '../state/store.ts';
import { LabeledGlyph } from './glyph.tsx';
import { Name } from './name.tsx';

export interface RunListProps {
  readonly models: Snapshot;
  /** Runs, each with words before its duration. */
  readonly runs: readonly (readonly [run: ExecutionModel, words: ComponentChildren])[];
}

/** Runs in a detail, each of them a link. */
export const RunList = ({ models, runs }: RunListProps) => (
  <ul class="plain-list">
    {runs.map(([run, words]) => (
      <li key={run.arn}>
        <LabeledGlyph state={shownState(run, models.verdicts)} />{' '}
        <a href={hrefOf(runView(run.arn, 'waterfall'))}>
          <Name>{run.title}</Name>
        </a>{' '}
        <span class="quiet">
          {words}
          {durationText((run.stoppedAt ?? models.at) - run.startedAt)}
        </span>
      </li>
    ))}
  </ul>
);
