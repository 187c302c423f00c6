import type { Execution, Sandbox } from '@crosswind/sandbox/sandbox';
import { type Json, textOf } from '@crosswind/aws/json';

/** An execution of a stage in a run, or a stage that was not started. */
export interface StageRun {
  readonly stage: string;
  readonly account: string;
  readonly execution: Execution | undefined;
  /** Stages whose workflows it starts. */
  readonly starts: readonly string[];
}

/** A run of a workload. */
export interface WorkloadRun {
  /** One for each execution in the order of their starts; the entry first, a called stage after its caller. */
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
  /**
   * Ends the run before its next event.
   *
   * @default - it goes to its end
   */
  readonly signal?: AbortSignal;
}

/** Starts the entry and lets time pass until every stage that was started has ended, or until nothing happens any more. */
export async function runWorkload(
  sandbox: Pick<Sandbox, 'executions' | 'simulation'>,
  { stages, input, name, abortEntry = false, signal }: RunProps,
): Promise<WorkloadRun> {
  const [first, ...called] = stages;
  if (!first) throw new Error('a workload without stages cannot be run');
  const earlier = new Map(called.map(({ stateMachineArn: arn }) => [arn, sandbox.executions.of(arn).length]));
  const started = sandbox.executions.start({ stateMachineArn: first.stateMachineArn, name, input });
  if (!started.ok) throw new Error(started.message);
  const entry = started.execution;
  const executionsOf = ({ stateMachineArn: arn }: RunnableStage): readonly Execution[] =>
    sandbox.executions.of(arn).slice(earlier.get(arn));
  if (abortEntry) {
    const hasBegun = (): boolean => called.some((stage) => executionsOf(stage).some(hasBegunItsWork));
    await sandbox.simulation.run(() => entry.outcome !== undefined || hasBegun());
    sandbox.executions.stop(entry.arn);
  }
  const isOver = (stage: RunnableStage): boolean => executionsOf(stage).every(({ outcome }) => outcome !== undefined);
  await sandbox.simulation.run(() => signal?.aborted === true || (entry.outcome !== undefined && called.every(isOver)));
  signal?.throwIfAborted();
  const runsOf = (stage: RunnableStage): readonly StageRun[] => {
    const executions = executionsOf(stage);
    return (executions.length > 0 ? executions : [undefined]).map((execution) => ({ ...stage, execution }));
  };
  return { entry, stages: [{ ...first, execution: entry }, ...called.flatMap(runsOf)] };
}

/** A stage that was started. */
export interface StartedStage extends StageRun {
  readonly execution: Execution;
}

/** An execution and one that it has started. */
export interface Hop {
  readonly caller: StartedStage;
  readonly called: StartedStage;
}

/** Every hop of a run. Starts that no history names, as those in the batches of a Map Run, are of the first possible caller. */
export function hopsOf(stages: readonly StageRun[]): readonly Hop[] {
  const started = stages.filter((stage): stage is StartedStage => stage.execution !== undefined);
  const callers = new Map(started.flatMap((caller) => namesIn(caller).map((arn) => [arn, caller])));
  return started.flatMap((called) => {
    const caller = callers.get(called.execution.arn) ?? started.find(({ starts }) => starts.includes(called.stage));
    return caller ? [{ caller, called }] : [];
  });
}

/** ARNs of the executions that the tasks of an execution have started. */
function namesIn({ execution }: StartedStage): readonly string[] {
  const outputs = execution.history.map(
    (event) => (event['taskSubmittedEventDetails'] ?? event['taskSucceededEventDetails'])?.['output'],
  );
  return outputs.flatMap((output) => /"ExecutionArn":"([^"]+)"/.exec(textOf(output))?.[1] ?? []);
}

/** True if the first state or the first batch is done, so that there is something to run on with. */
const hasBegunItsWork = ({ outcome, history, mapRuns }: Execution): boolean =>
  outcome !== undefined ||
  history.some(({ type }) => type.endsWith('StateExited')) ||
  mapRuns.some((mapRun) => mapRun.counts().executionCounts.succeeded > 0);

/** True if the entry succeeded, and so did every stage that was started. */
export const succeeded = ({ entry, stages }: WorkloadRun): boolean =>
  entry.outcome?.status === 'SUCCEEDED' &&
  stages.every(({ execution }) => execution === undefined || execution.outcome?.status === 'SUCCEEDED');
