import { rootOf } from '../models/family.ts';
import type { ExecutionModel } from '../models/executions.ts';
import type { Snapshot } from '../models/snapshot.ts';
import type { PermissionGroup } from './permission-groups.ts';

/** A run that a group of decisions belongs to. */
export interface ConcernedRun {
  readonly run: ExecutionModel;
  /** True if the verdict about the run names the denial as evidence. */
  readonly isBlamed: boolean;
}

/**
 * Runs whose verdict names a denial of the group, then those with an execution at the time of its decisions that was started
 * with the role or is in an account of the principal.
 */
export function concernedRuns(models: Snapshot, group: PermissionGroup): readonly ConcernedRun[] {
  const { executions, verdicts } = models;
  const denials = new Set(group.denials);
  const blamed = new Set(
    verdicts
      .filter(({ evidence }) => evidence.some((item) => item.kind === 'decision' && denials.has(item.id)))
      .flatMap(({ execution }) => execution ?? []),
  );
  const own = group.principal.startsWith('arn:') ? group.principal.split(':')[4] : undefined;
  const isThen = ({ startedAt, stoppedAt }: ExecutionModel): boolean =>
    startedAt <= group.last && (stoppedAt ?? Infinity) >= group.first;
  const near = executions.filter(
    (execution) => isThen(execution) && (execution.parent?.role === group.principal || execution.account === own),
  );
  const runs = new Map<string, ConcernedRun>();
  for (const execution of executions.filter(({ arn }) => blamed.has(arn)))
    runs.set(rootOf(executions, execution).arn, { run: rootOf(executions, execution), isBlamed: true });
  for (const execution of near) {
    const run = rootOf(executions, execution);
    if (!runs.has(run.arn)) runs.set(run.arn, { run, isBlamed: false });
  }
  return [...runs.values()];
}
