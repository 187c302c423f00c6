import type { ExecutionModel } from '../models/executions.ts';
import type { Snapshot } from '../models/snapshot.ts';

/** An execution and the one that it waits for, or was started by. */
export interface Pair {
  readonly parent: ExecutionModel;
  readonly child: ExecutionModel;
  /** Action that is denied between the two by the verdict; null for none. */
  readonly denied: string | null;
}

/** The pair that an execution is of: with the newest that it started in another account, else with the one that started it. */
export function pairOf({ executions, verdicts }: Snapshot, execution: ExecutionModel): Pair | undefined {
  const started = executions.filter(
    ({ parent, account }) => parent?.arn === execution.arn && account !== execution.account,
  );
  const newest = started.reduce<ExecutionModel | undefined>(
    (latest, each) => (latest && latest.startedAt > each.startedAt ? latest : each),
    undefined,
  );
  const [parent, child] = newest
    ? [execution, newest]
    : [executions.find(({ arn }) => arn === execution.parent?.arn), execution];
  if (!parent) return undefined;
  const evidence = verdicts
    .filter(({ execution: asked }) => asked === parent.arn || asked === child.arn)
    .flatMap((verdict) => verdict.evidence);
  const denied = evidence.find((item) => item.kind === 'decision');
  return { parent, child, denied: denied?.kind === 'decision' ? denied.action : null };
}
