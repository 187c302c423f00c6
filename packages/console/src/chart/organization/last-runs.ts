import type { ExecutionModel } from '../../models/executions.ts';
import { shownState } from '../../models/family.ts';
import { grouped } from '../../models/grouped.ts';
import { remembered } from '../../models/remembered.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import type { ShownState } from '../../models/states.ts';

/** Executions by the ARN of their state machine, the newest first. */
const runsByMachine = remembered((executions: readonly ExecutionModel[]) =>
  grouped(
    executions.toSorted((one, other) => other.startedAt - one.startedAt),
    ({ machineArn }) => machineArn,
  ),
);

/** Executions of state machines, the newest first. */
export const runsOf = (
  { executions }: Pick<Snapshot, 'executions'>,
  machines: readonly string[],
): readonly ExecutionModel[] => {
  const runs = machines.flatMap((machine) => runsByMachine(executions).get(machine) ?? []);
  return machines.length < 2 ? runs : runs.sort((one, other) => other.startedAt - one.startedAt);
};

/** The newest execution of state machines and its state; undefined if none ran. */
export function lastRunOf(
  models: Pick<Snapshot, 'executions' | 'verdicts'>,
  machines: readonly string[],
): { readonly run: ExecutionModel; readonly state: ShownState } | undefined {
  const [run] = runsOf(models, machines);
  return run && { run, state: shownState(run, models.verdicts) };
}
