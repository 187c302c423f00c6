import type { Execution, Sandbox } from '@crosswind/sandbox/sandbox';
import type { RunnableStage } from '../../local/run-workload.ts';
import { startedBy } from '../../run-record/started-by.ts';

/**
 * An execution of the entry with all that it led to, in the order of their starts. Executions that no history names, as
 * those that the batches of a Map Run start, are of the run in whose time they began.
 */
export function familyOfEntry(
  executions: Pick<Sandbox['executions'], 'of'>,
  stages: readonly Pick<RunnableStage, 'stateMachineArn'>[],
  entry: Execution,
): readonly Execution[] {
  const [, ...called] = stages.map(({ stateMachineArn }) => executions.of(stateMachineArn));
  const named = namedBy(entry, called.flat());
  const until = entry.stoppedAt ?? Infinity;
  const isIn = ({ startedAt }: Execution): boolean => startedAt >= entry.startedAt && startedAt <= until;
  return [
    entry,
    ...called.flatMap((stage) =>
      stage.some((each) => named.has(each)) ? stage.filter((each) => named.has(each)) : stage.filter(isIn),
    ),
  ];
}

/** The executions that an execution and those that it started name in their histories. */
function namedBy(entry: Execution, called: readonly Execution[]): ReadonlySet<Execution> {
  const byArn = new Map(called.map((each) => [each.arn, each]));
  const named = new Set<Execution>();
  const open = [entry];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const arn of next.history.flatMap((event) => startedBy(event) ?? [])) {
      const found = byArn.get(arn);
      if (!found || named.has(found)) continue;
      named.add(found);
      open.push(found);
    }
  }
  return named;
}
