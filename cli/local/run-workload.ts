import type { CrossAccountStart } from '@crosswind/assembly/cross-account-starts';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import type { Execution } from '@crosswind/sandbox/sandbox';
import type { Json } from '@crosswind/aws/json';

/** A parent execution and the child that it started, if it came to that. */
export interface WorkloadRun {
  readonly start: CrossAccountStart;
  readonly parent: Execution;
  readonly child: Execution | undefined;
}

export interface RunProps {
  readonly start: CrossAccountStart;
  readonly input: Json;
  /** Name of the parent's execution. */
  readonly name: string;
  /**
   * Whether the parent is aborted as soon as the child has done a part of its work.
   *
   * @default false
   */
  readonly abortParent?: boolean;
}

/** Starts the parent and lets time pass until it and its child have ended, or until nothing happens any more. */
export async function runWorkload(
  sandbox: Pick<Sandbox, 'executions' | 'simulation'>,
  props: RunProps,
): Promise<WorkloadRun> {
  const { start, input, name, abortParent = false } = props;
  const earlier = sandbox.executions.of(start.childArn).length;
  const started = sandbox.executions.start({ stateMachineArn: start.parent.arn, name, input });
  if (!started.ok) throw new Error(started.message);
  const parent = started.execution;
  const childOf = (): Execution | undefined => sandbox.executions.of(start.childArn).slice(earlier).at(-1);
  if (abortParent) {
    await sandbox.simulation.run(() => parent.outcome !== undefined || hasBegunItsWork(childOf()));
    sandbox.executions.stop(parent.arn);
  }
  await sandbox.simulation.run(() => parent.outcome !== undefined && childOf()?.outcome !== undefined);
  return { start, parent, child: childOf() };
}

/** Whether the first batch is done, so that there is something to run on with. */
const hasBegunItsWork = (child: Execution | undefined): boolean =>
  child?.outcome !== undefined ||
  (child?.mapRuns.some((mapRun) => mapRun.counts().executionCounts.succeeded > 0) ?? false);

/** Whether parent and child both did. */
export const succeeded = ({ parent, child }: WorkloadRun): boolean =>
  parent.outcome?.status === 'SUCCEEDED' && child?.outcome?.status === 'SUCCEEDED';
