import { statesOf } from '@crosswind/assembly/cross-account-starts';
import { toStateMachine } from '@crosswind/assembly/state-machines';
import { type Json, type JsonObject, listOf, objectOf } from '@crosswind/aws/json';
import { type Rule, findingAt, resourcesOfType } from './rule.ts';

/** Retries of one retrier beyond which nobody waits for the next one. */
const mostAttempts = 100;
/** Longest time that the retries of one retrier wait in all: a day, in seconds. */
const longestWait = 86_400;

export const retryIsBounded: Rule = {
  id: 'WORKFLOW-2',
  severity: 'error',
  requires: `Every Retry of every state machine ends: after at most ${mostAttempts} attempts, and at most a day of waiting.`,
  because:
    'What fails again and again is retried for months, each attempt is paid for, and no alarm fires until the last.',
  fix: 'Lower `maxAttempts`, or set `maxDelay`; let a Catch or the next run of the schedule handle what fails for longer.',
  check: ({ stacks }) =>
    resourcesOfType(stacks, 'AWS::StepFunctions::StateMachine').flatMap((machine) =>
      statesOf(toStateMachine(machine.stack, machine.resource).definition).flatMap(([name, state]) =>
        listOf(state['Retry'])
          .map(objectOf)
          .flatMap((retrier) => problemOf(retrier) ?? [])
          .map((problem) =>
            findingAt(machine, {
              property: `Properties.${'Definition' in machine.resource.properties ? 'Definition' : 'DefinitionString'}`,
              message: `a Retry of the state "${name}" ${problem}`,
            }),
          ),
      ),
    ),
};

/** Problem of a retrier (Amazon States Language: "Retrying after error", with the defaults of its fields). */
function problemOf(retrier: JsonObject): string | undefined {
  const attempts = numberOf(retrier['MaxAttempts'], 3);
  if (attempts > mostAttempts) return `makes ${attempts.toLocaleString('en')} attempts`;
  const rate = numberOf(retrier['BackoffRate'], 2);
  const longest = numberOf(retrier['MaxDelaySeconds'], Infinity);
  let [waited, next] = [0, numberOf(retrier['IntervalSeconds'], 1)];
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    waited += Math.min(next, longest);
    next *= rate;
  }
  return waited > longestWait ? `waits ${timeText(waited)} in all` : undefined;
}

/** A number of a retrier; anything else is a definition that AWS refuses, which is another rule's finding. */
const numberOf = (value: Json | undefined, usual: number): number => (typeof value === 'number' ? value : usual);

const timeText = (seconds: number): string =>
  seconds > 36_500 * 86_400 ? 'more than a hundred years' : `${Math.round(seconds / 3_600).toLocaleString('en')} hours`;
