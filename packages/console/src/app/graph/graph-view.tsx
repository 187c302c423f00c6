import { useSignal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import { runView } from '../../models/address.ts';
import type { ExecutionModel } from '../../models/executions.ts';
import type { GraphModel } from '../../models/graph.ts';
import { eventsOf } from '../../models/lookup.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { rowsByExecution } from '../../chart/row-lists.ts';
import { type WaterfallRow, waterfallRows } from '../../chart/waterfall-rows.ts';
import { Empty } from '../parts/head.tsx';
import { Name } from '../parts/name.tsx';
import type { RunProps } from '../run/run-props.ts';
import { address, hrefOf } from '../state/store.ts';
import { GraphTools } from './graph-tools.tsx';
import { Machine } from './machine.tsx';
import { StateDetail } from './state-detail.tsx';
import { StateTable } from './state-table.tsx';
import { useScale } from './use-scale.ts';
import './graph.css';

/** Executions that are drawn at most, the first ones. */
const mostFrames = 12;

/** The state machines of the family from left to right, with the way that was taken; as tables, too. */
export function GraphView({ models, root, family, asked }: RunProps) {
  const { state } = address.value;
  const isTable = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => waterfallRows(models, root), [models, root]);
  const ofExecution = useMemo(() => rowsByExecution(rows), [rows]);
  const frames = useMemo(() => framesOf(models, family), [models, family]);
  const shown = frames.slice(0, mostFrames);
  const statesOf = ({ arn }: ExecutionModel): readonly WaterfallRow[] => ofExecution.get(arn) ?? [];
  const open = state === undefined ? undefined : statesOf(asked).find((row) => row.label === state);
  const zoom = useScale(
    box,
    shown.map(({ graph }) => graph.width),
    open !== undefined,
  );
  if (frames.length === 0) {
    return (
      <Empty>
        There is no graph: no definition of these state machines is known, or each has more than 1,000 states. The
        history has every state.
      </Empty>
    );
  }
  const partsOf = (execution: ExecutionModel) => ({
    rows: statesOf(execution),
    open: execution.arn === asked.arn ? state : undefined,
    hrefOf: (name: string) => hrefOf(runView(execution.arn, 'graph'), { state: name }),
  });
  return (
    <div class={open ? 'with-detail' : ''}>
      <div>
        <GraphTools zoom={zoom} isTable={isTable} />
        <div
          ref={box}
          class={isTable.value ? 'table-of-states' : 'frames'}
          tabIndex={0}
          role="region"
          aria-label={isTable.value ? 'States' : 'Graph, scrolls sideways'}
        >
          {shown.map(({ execution, graph }) => (
            <section
              key={execution.arn}
              class={isTable.value ? '' : 'frame-box'}
              aria-label={`${execution.title} ${execution.name}`}
            >
              <header>
                <h2>
                  <Name>{execution.title}</Name>
                </h2>
                <span class="code">{execution.account}</span>
              </header>
              {isTable.value ? (
                <StateTable graph={graph} title={execution.title} {...partsOf(execution)} />
              ) : (
                <Machine
                  graph={graph}
                  events={eventsOf(models.events, execution.arn)}
                  stoppedAt={execution.stoppedAt}
                  scale={zoom.scale.value}
                  {...partsOf(execution)}
                />
              )}
            </section>
          ))}
          {frames.length > mostFrames && (
            <Empty>{`The first ${mostFrames} of ${frames.length} executions are drawn.`}</Empty>
          )}
        </div>
      </div>
      {open && <StateDetail key={open.key} models={models} row={open} />}
    </div>
  );
}

/** Executions whose definition is known, with its graph. */
function framesOf(
  { graphs }: Snapshot,
  family: readonly ExecutionModel[],
): readonly { readonly execution: ExecutionModel; readonly graph: GraphModel }[] {
  const byMachine = new Map(graphs.map((graph) => [graph.machineArn, graph]));
  return family.flatMap((execution) => {
    const graph = byMachine.get(execution.machineArn);
    return graph ? [{ execution, graph }] : [];
  });
}
