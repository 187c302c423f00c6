import { objectOf, parsedJson, textOf } from '@crosswind/aws/json';
import type { ParentModel } from '../models/executions.ts';
import { detailsOf } from './event-columns.ts';
import type { SourceEvent, SourceExecution } from './source.ts';

/** Which execution started which other one, by the ARN of the one that was started. */
export function parentsIn(executions: readonly SourceExecution[]): ReadonlyMap<string, ParentModel> {
  const known = new Set(executions.map(({ executionArn }) => executionArn));
  const named = executions.flatMap(({ input, executionArn }): (readonly [string, ParentModel])[] => {
    const arn = starterIn(input);
    return arn !== undefined && known.has(arn) ? [[executionArn, { arn, event: null, role: null }]] : [];
  });
  const submitted = executions.flatMap((execution) =>
    execution.events.flatMap((event) => {
      const started = startedBy(event);
      const isOther = started !== undefined && known.has(started) && started !== execution.executionArn;
      return isOther ? [[started, parentOf(execution, event)] as const] : [];
    }),
  );
  return new Map([...named, ...submitted]);
}

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
  const byId = new Map(events.map((each) => [each.id, each]));
  let scheduled: SourceEvent | undefined = event;
  while (scheduled && scheduled.type !== 'TaskScheduled') scheduled = byId.get(scheduled.previousEventId);
  const credentials = objectOf(scheduled && detailsOf(scheduled)['taskCredentials']);
  return { arn: executionArn, event: event.id, role: textOf(credentials['roleArn']) || null };
}
