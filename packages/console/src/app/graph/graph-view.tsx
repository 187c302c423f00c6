import { useMemo } from 'preact/hooks';
import { runView } from '../../models/address.ts';
import type { ExecutionModel } from '../../models/executions.ts';
import type { GraphModel } from '../../models/graph.ts';
import { waterfallRows } from '../../chart/waterfall-rows.ts';
import { Empty } from '../parts/head.tsx';
import { Name } from '../parts/name.tsx';
import type { RunProps } from '../run/run-props.ts';
import { address, hrefOf } from '../state/store.ts';
import { Machine } from './machine.tsx';
import { StateDetail } from './state-detail.tsx';

/** Executions that are drawn at most, the first ones. */
const mostFrames = 12;

/** The state machines of the family from left to right, with the way that was taken. */
export function GraphView({ models, root, family, asked }: RunProps) {
  const { state } = address.value;
  const rows = useMemo(() => waterfallRows(models, root), [models, root]);
  const frames = family.flatMap((execution) => {
    const graph = models.graphs.find(({ machineArn }) => machineArn === execution.machineArn);
    return graph ? [{ execution, graph }] : [];
  });
  if (frames.length === 0) {
    return (
      <Empty>No definition of these state machines is known, so there is no graph: the history has every state.</Empty>
    );
  }
  const open = state === undefined ? undefined : rows.find((row) => row.execution === asked.arn && row.label === state);
  return (
    <div class={open ? 'with-detail' : ''}>
      <div class="frames" tabIndex={0} role="region" aria-label="Graph, scrolls sideways">
        {frames.slice(0, mostFrames).map(({ execution, graph }) => (
          <Frame
            key={execution.arn}
            execution={execution}
            graph={graph}
            rows={rows.filter((row) => row.execution === execution.arn && row.kind === 'state')}
            open={execution.arn === asked.arn ? state : undefined}
            models={models}
          />
        ))}
        {frames.length > mostFrames && (
          <Empty>{`The first ${mostFrames} of ${frames.length} executions are drawn.`}</Empty>
        )}
      </div>
      {open && <StateDetail key={open.key} models={models} row={open} />}
    </div>
  );
}

interface FrameProps extends Pick<RunProps, 'models'> {
  readonly execution: ExecutionModel;
  readonly graph: GraphModel;
  readonly rows: ReturnType<typeof waterfallRows>;
  readonly open: string | undefined;
}

function Frame({ execution, graph, rows, open, models }: FrameProps) {
  const events = models.events.find((each) => each.execution === execution.arn);
  return (
    <section class="frame-box" aria-label={`${execution.title} ${execution.name}, graph`}>
      <header>
        <h2>
          <Name>{execution.title}</Name>
        </h2>
        <span class="code">{execution.account}</span>
      </header>
      <Machine
        graph={graph}
        rows={rows}
        events={events}
        stoppedAt={execution.stoppedAt}
        open={open}
        hrefOf={(state) => hrefOf(runView(execution.arn, 'graph'), { state })}
      />
    </section>
  );
}
