import type { RecordedExecution, RecordedLogGroup, RunRecord } from '../run-record/run-record.ts';

/** Lines that are asked for; all of these conditions hold. */
export interface LogSelection {
  /** Executions whose lines are shown; undefined for every line of the record. */
  readonly executions: readonly RecordedExecution[] | undefined;
  /** Undefined for every stage, and for what belongs to none. */
  readonly stage: string | undefined;
  /** Earliest time, in milliseconds since the epoch, in virtual time. */
  readonly since: number;
  readonly matches: (message: string) => boolean;
}

/** Line of a log, with the group that it is in. */
export interface ShownLine {
  readonly group: RecordedLogGroup;
  readonly event: RecordedLogGroup['events'][number];
}

/** Groups that may have lines that are asked for. */
export const chosenGroups = (record: RunRecord, { executions, stage }: LogSelection): readonly RecordedLogGroup[] =>
  record.logs.filter(
    (group) =>
      (stage === undefined || group.stage === stage) &&
      (executions === undefined || executions.some((execution) => isOf(group, execution))),
  );

/** The lines of these groups that are asked for, by time, one after the other. */
export function* logLines(
  record: RunRecord,
  groups: readonly RecordedLogGroup[],
  selection: LogSelection,
): Generator<ShownLine> {
  const { executions } = selection;
  const open = groups.map((group) => ({ group, next: 0, includes: inExecutions(record, group, executions) }));
  const earliest = () => {
    let first: (typeof open)[number] | undefined;
    for (const each of open) {
      const event = each.group.events[each.next];
      const known = first?.group.events[first.next];
      if (event && (!known || event.id < known.id)) first = each;
    }
    return first;
  };
  for (let from = earliest(); from; from = earliest()) {
    const event = from.group.events[from.next];
    from.next += 1;
    if (event && event.at >= selection.since && from.includes(event) && selection.matches(event.message)) {
      yield { group: from.group, event };
    }
  }
}

type LogEvent = RecordedLogGroup['events'][number];

/**
 * True for the lines of a group that belong to one of the executions. Those of a state machine name theirs. A function does
 * not know for which execution it runs: its lines count while one of its stage runs.
 */
function inExecutions(
  record: RunRecord,
  group: RecordedLogGroup,
  executions: readonly RecordedExecution[] | undefined,
): (event: LogEvent) => boolean {
  if (executions === undefined) return () => true;
  const own = executions.filter((execution) => isOf(group, execution));
  const foreign = new Set(record.executions.filter((each) => !own.includes(each)).flatMap(namesOf));
  return ({ at, message }) => {
    const named = executionIn(message);
    if (named !== undefined && foreign.has(named)) return false;
    return own.some(
      ({ arn, startedAt, stoppedAt }) =>
        at >= Math.floor(startedAt) &&
        at <= Math.ceil(stoppedAt ?? record.at) &&
        (named === undefined || named === arn || isChild(named)),
    );
  };
}

const isOf = ({ stage, account }: RecordedLogGroup, execution: RecordedExecution): boolean =>
  stage === execution.stage && account === execution.account;

/** ARNs of an execution and of the children of its Map Runs, as far as they are recorded. */
const namesOf = ({ arn, mapRuns }: RecordedExecution): readonly string[] => [
  arn,
  ...mapRuns.flatMap(({ batches }) => batches.map((batch) => batch.arn)),
];

/** Execution that an event of a state machine belongs to; undefined for any other line. */
const executionIn = (message: string): string | undefined =>
  /^\{"id":"\d+",.*"execution_arn":"([^"]+)"/s.exec(message)?.[1];

/** Children of a Map Run name the state machine with a label after it. */
const isChild = (arn: string): boolean => /:(?:execution|express):[^:/]+\//.test(arn);
