import type { RecordedExecution } from '../run-record/run-record.ts';
import type { Evidence } from './evidence.ts';
import type { RecordedEvent } from './finding.ts';

/** An execution and one that it has started. */
export interface Hop {
  readonly caller: RecordedExecution;
  readonly called: RecordedExecution;
  /** The event that names the called execution; absent where a batch of a Map Run has it. */
  readonly submitted: RecordedEvent | undefined;
  /** The end of that task; absent while it waits. */
  readonly answer: RecordedEvent | undefined;
}

/** Every start of one execution of the run by another one. */
export function hopsIn(executions: readonly RecordedExecution[]): readonly Hop[] {
  const byArn = new Map(executions.map((execution) => [execution.arn, execution]));
  const named = executions.flatMap((caller) => [
    ...caller.events.flatMap((event) => hopOf(caller, byArn.get(event.started ?? ''), event)),
    ...caller.mapRuns.flatMap(({ started }) => started.flatMap((arn) => hopOf(caller, byArn.get(arn), undefined))),
  ]);
  const known = new Set(named.map(({ called }) => called.arn));
  const told = executions.flatMap((called) =>
    known.has(called.arn) ? [] : hopOf(byArn.get(startedByOf(called) ?? ''), called, undefined),
  );
  return [...named, ...told];
}

function hopOf(
  caller: RecordedExecution | undefined,
  called: RecordedExecution | undefined,
  event: RecordedEvent | undefined,
): readonly Hop[] {
  if (!caller || !called || caller === called) return [];
  // A start that nobody waits for is answered by the same event.
  if (event?.type === 'TaskSucceeded') return [{ caller, called, submitted: undefined, answer: event }];
  const answer = caller.events.find(
    ({ previousEventId, type }) => previousEventId === event?.id && /^Task(Succeeded|Failed|TimedOut)$/.test(type),
  );
  return [{ caller, called, submitted: event, answer }];
}

/** The execution that the input of another one names as its starter (Step Functions' own key for that). */
export function startedByOf({ input }: Pick<RecordedExecution, 'input'>): string | undefined {
  return /"AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID":"([^"]+)"/.exec(input)?.[1];
}

export const isOpen = ({ status }: Pick<RecordedExecution, 'status'>): boolean =>
  status === 'RUNNING' || status === 'PENDING_REDRIVE';

/** When it ended, or the time of the evidence. */
export const endOf = ({ stoppedAt }: Pick<RecordedExecution, 'stoppedAt'>, { at }: Pick<Evidence, 'at'>): number =>
  stoppedAt ?? at;

/** Account of an ARN. */
export const accountIn = (arn: string): string => arn.split(':')[4] ?? '';

/** The state that an execution is in, or was in when it ended. */
export const lastState = ({ events }: RecordedExecution): RecordedEvent | undefined =>
  events.findLast(({ type }) => type.endsWith('StateEntered'));

/** `parent` or whatever its stage is called. */
export const nameOf = ({ stage }: RecordedExecution): string => stage;

/** ARN pattern of all executions of the machine of an execution. */
export const executionsOfMachine = ({ stateMachineArn }: RecordedExecution): string =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:*`;
