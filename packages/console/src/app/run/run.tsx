import { isOf, type RunView, runView, runViews, type View } from '../../models/address.ts';
import { capitalized } from '../../chart/capitalized.ts';
import { durationText } from '../../chart/time-text.ts';
import { familyOf, rootOf, shownState } from '../../models/family.ts';
import type { ExecutionModel } from '../../models/executions.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import type { ShownState } from '../../models/states.ts';
import { RunActions } from '../actions/run-actions.tsx';
import { BatchesView } from '../batches/batches-view.tsx';
import { DataView } from '../data/data-view.tsx';
import { Unknown } from '../frame/unknown.tsx';
import { GraphView } from '../graph/graph-view.tsx';
import { Comparison } from '../import/comparison.tsx';
import { HistoryView } from '../history/history-view.tsx';
import { Counted } from '../parts/filter-links.tsx';
import { Chip } from '../parts/glyph.tsx';
import { Title } from '../parts/head.tsx';
import { Name } from '../parts/name.tsx';
import { useCurrentInSight } from '../parts/use-current-in-sight.ts';
import { hrefOf } from '../state/store.ts';
import { Waterfall } from '../waterfall/waterfall.tsx';
import type { RunProps } from './run-props.ts';
import { Verdict } from './verdict.tsx';

type OfRun = Extract<View, { name: 'run' }>;

/** A run: what happened, why, and five ways to look at it. */
export function Run({ models, view }: { readonly models: Snapshot; readonly view: OfRun }) {
  const asked = models.executions.find(({ arn }) => isOf(view, arn));
  if (!asked) return <Unknown>{`No execution ${view.execution} is known at this time`}</Unknown>;
  const root = rootOf(models.executions, asked);
  const family = familyOf(models.executions, root);
  const state = shownState(root, models.verdicts);
  return (
    <>
      <div class="head-row">
        <div>
          <p class="crumbs">
            {view.imported === undefined ? (
              <a href={hrefOf({ name: 'runs' })}>Runs</a>
            ) : (
              <a href={hrefOf({ name: 'import', item: view.imported })}>Import</a>
            )}{' '}
            / <Name isCode>{root.name}</Name>
          </p>
          <Title>
            <Name>{root.title}</Name> <Chip state={state}>{stateText(root, state, models.at)}</Chip>
          </Title>
        </div>
        {view.imported === undefined && <RunActions key={asked.arn} family={family} asked={asked} />}
      </div>
      {view.imported !== undefined && (
        <Comparison digest={view.imported} asked={asked} isOpen={view.view === 'waterfall'} />
      )}
      <Verdict models={models} family={family} asked={asked} isOpen={view.view === 'waterfall'} />
      <SubViews models={models} family={family} asked={asked} current={view.view} />
      <Shown models={models} root={root} family={family} asked={asked} view={view.view} />
    </>
  );
}

/** State of a run, and how long it has taken: a run that is stuck has worked before. */
function stateText({ startedAt, stoppedAt }: ExecutionModel, state: ShownState, now: number): string {
  const took = durationText((stoppedAt ?? now) - startedAt);
  if (stoppedAt !== null) return `${capitalized(state)} after ${took}`;
  return state === 'stuck' ? `Stuck, started ${took} ago` : `${capitalized(state)} for ${took}`;
}

const words: Readonly<Record<RunView, string>> = {
  waterfall: 'Waterfall',
  graph: 'Graph',
  history: 'History',
  batches: 'Batches',
  data: 'Input and output',
};

function SubViews({
  models,
  family,
  asked,
  current,
}: Pick<RunProps, 'models' | 'family' | 'asked'> & { readonly current: RunView }) {
  const arns = new Set(family.map(({ arn }) => arn));
  const isOfFamily = ({ execution }: { readonly execution: string }): boolean => arns.has(execution);
  const counts: Readonly<Partial<Record<RunView, number>>> = {
    history: models.events.filter(isOfFamily).reduce((sum, { total }) => sum + total, 0),
    batches: models.batches.filter(isOfFamily).reduce((sum, { total }) => sum + total, 0),
  };
  const row = useCurrentInSight(current);
  return (
    <nav class="sub-views" aria-label="Views of the run" ref={row}>
      {runViews.map((view) => (
        <a key={view} href={hrefOf(runView(asked.arn, view))} aria-current={view === current ? 'page' : undefined}>
          {counts[view] === undefined ? words[view] : <Counted word={words[view]} count={counts[view]} />}
        </a>
      ))}
    </nav>
  );
}

function Shown({ view, ...props }: RunProps & { readonly view: RunView }) {
  switch (view) {
    case 'waterfall':
      return <Waterfall {...props} />;
    case 'graph':
      return <GraphView {...props} />;
    case 'history':
      return <HistoryView {...props} />;
    case 'batches':
      return <BatchesView {...props} />;
    case 'data':
      return <DataView {...props} />;
  }
}
