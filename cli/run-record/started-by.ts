import { objectOf, textOf } from '@crosswind/aws/json';
import type { HistoryEvent } from '@crosswind/workflow/execution/history';

/** ARN of the execution that a task says it has started; undefined for any other event. */
export function startedBy(event: Partial<HistoryEvent>): string | undefined {
  const submitted = event['taskSubmittedEventDetails'];
  const done = event['taskSucceededEventDetails'];
  const details = objectOf(submitted ?? done);
  if (details['resourceType'] !== 'states' || (done && textOf(details['resource']) !== 'startExecution'))
    return undefined;
  return startedIn(textOf(details['output']));
}

/** ARN of the execution that the output of a task names. */
export const startedIn = (output: string): string | undefined => /"ExecutionArn":"([^"]+)"/.exec(output)?.[1];
