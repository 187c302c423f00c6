import { objectOf, parsedJson, textOf } from '@crosswind/aws/json';
import type { ParentModel } from '../models/executions.ts';
import { detailsOf } from './event-columns.ts';
import type { SourceEvent, SourceExecution } from './source.ts';

/** Which execution started which other one, by the ARN of the one that was started. */
export function parentsIn(executions: readonly SourceExecution[]): ReadonlyMap<string, ParentModel> {
  const known = new Set(executions.map(({ executionArn }) => executionArn));
  const named = executions.map((execution) => startOf(execution)).filter((start) => start !== undefined);
  const submitted = executions.flatMap((execution) => startsIn(execution));
  return new Map([...named, ...submitted].filter(([arn, by]) => known.has(arn) && known.has(by.arn)));
}

/** An execution that was started, and what started it. */
export type Start = readonly [arn: string, by: ParentModel];

/** Starter of an execution that its input names. */
export function startOf({ input, executionArn }: Pick<SourceExecution, 'input' | 'executionArn'>): Start | undefined {
  const arn = starterIn(input);
  return arn === undefined ? undefined : [executionArn, { arn, event: null, role: null }];
}

/** The starts that the events of an execution name, from a place on. */
export const startsIn = (execution: SourceExecution, from = 0): readonly Start[] =>
  execution.events.slice(from).flatMap((event) => {
    const started = startedBy(event);
    return started !== undefined && started !== execution.executionArn
      ? [[started, parentOf(execution, event)] as const]
      : [];
  });

/**
 * The execution that an input names as its starter.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-nested-workflows.html
 */
const starterIn = (input: string | undefined): string | undefined =>
  /"AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID":"([^"]+)"/.exec(input ?? '')?.[1];

/** ARN of the execution that a task has started. */
function startedBy(event: SourceEvent): string | undefined {
  if (event.type !== 'TaskSubmitted' && event.type !== 'TaskSucceeded') return undefined;
  const { resourceType, output } = detailsOf(event);
  return resourceType === 'states' ? textOf(objectOf(jsonOf(textOf(output)))['ExecutionArn']) || undefined : undefined;
}

function jsonOf(text: string) {
  try {
    return parsedJson(text);
  } catch {
    return null;
  }
}

function parentOf({ executionArn, events }: SourceExecution, event: SourceEvent): ParentModel {
  let scheduled: SourceEvent | undefined = event;
  while (scheduled && scheduled.type !== 'TaskScheduled') scheduled = eventWithId(events, scheduled.previousEventId);
  const credentials = objectOf(scheduled && detailsOf(scheduled)['taskCredentials']);
  return { arn: executionArn, event: event.id, role: textOf(credentials['roleArn']) || null };
}

/** An event by its id: ids count from 1, unless a part of the history is missing. */
function eventWithId(events: readonly SourceEvent[], id: number): SourceEvent | undefined {
  const expected = events[id - 1];
  return expected?.id === id ? expected : events.find((event) => event.id === id);
}
