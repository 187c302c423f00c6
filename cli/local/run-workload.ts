import type { Execution, Sandbox } from '@crosswind/sandbox/sandbox';
import type { Json } from '@crosswind/aws/json';

/** A stage of a run, and the execution of its workflow, if it came to that. */
export interface StageRun {
  readonly stage: string;
  readonly account: string;
  readonly execution: Execution | undefined;
  /** Stages whose workflows it starts. */
  readonly starts: readonly string[];
}

/** A run of a workload: its stages, the entry first, a called one after its caller. */
export interface WorkloadRun {
  readonly stages: readonly StageRun[];
  readonly entry: Execution;
}

/** A stage that is to be run. */
export interface RunnableStage {
  readonly stage: string;
  readonly account: string;
  readonly stateMachineArn: string;
  readonly starts: readonly string[];
}

export interface RunProps {
  /** The entry first, a called stage after its caller. */
  readonly stages: readonly RunnableStage[];
  readonly input: Json;
  /** Name of the entry's execution. */
  readonly name: string;
  /**
   * True to abort the entry as soon as a stage that it started has done a part of its work.
   *
   * @default false
   */
  readonly abortEntry?: boolean;
}

/** Starts the entry and lets time pass until every stage that was started has ended, or until nothing happens any more. */
export async function runWorkload(
  sandbox: Pick<Sandbox, 'executions' | 'simulation'>,
  { stages, input, name, abortEntry = false }: RunProps,
): Promise<WorkloadRun> {
  const [first, ...called] = stages;
  if (!first) throw new Error('a workload without stages cannot be run');
  const earlier = new Map(called.map(({ stateMachineArn: arn }) => [arn, sandbox.executions.of(arn).length]));
  const started = sandbox.executions.start({ stateMachineArn: first.stateMachineArn, name, input });
  if (!started.ok) throw new Error(started.message);
  const entry = started.execution;
  const executionOf = ({ stateMachineArn: arn }: RunnableStage): Execution | undefined =>
    sandbox.executions.of(arn).slice(earlier.get(arn)).at(-1);
  if (abortEntry) {
    const hasBegun = (): boolean => called.some((stage) => hasBegunItsWork(executionOf(stage)));
    await sandbox.simulation.run(() => entry.outcome !== undefined || hasBegun());
    sandbox.executions.stop(entry.arn);
  }
  const isOver = (stage: RunnableStage): boolean => {
    const execution = executionOf(stage);
    return execution === undefined || execution.outcome !== undefined;
  };
  await sandbox.simulation.run(() => entry.outcome !== undefined && called.every(isOver));
  const runOf = (stage: RunnableStage, execution: Execution | undefined): StageRun => ({ ...stage, execution });
  return { entry, stages: [runOf(first, entry), ...called.map((stage) => runOf(stage, executionOf(stage)))] };
}

/** True if the first state or the first batch is done, so that there is something to run on with. */
const hasBegunItsWork = (execution: Execution | undefined): boolean =>
  execution !== undefined &&
  (execution.outcome !== undefined ||
    execution.history.some(({ type }) => type.endsWith('StateExited')) ||
    execution.mapRuns.some((mapRun) => mapRun.counts().executionCounts.succeeded > 0));

/** True if the entry succeeded, and so did every stage that was started. */
export const succeeded = ({ entry, stages }: WorkloadRun): boolean =>
  entry.outcome?.status === 'SUCCEEDED' &&
  stages.every(({ execution }) => execution === undefined || execution.outcome?.status === 'SUCCEEDED');
