import { statesOf } from '@crosswind/assembly/cross-account-starts';
import { toStateMachine } from '@crosswind/assembly/state-machines';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { type Rule, findingAt, resourcesOfType } from './rule.ts';

export const taskHasTimeout: Rule = {
  id: 'WORKFLOW-1',
  severity: 'error',
  requires: 'Every Task of every state machine has a timeout of its own.',
  because: 'Without one a Task waits for up to a year: an execution hangs, and nobody hears of it.',
  fix: 'Set `taskTimeout: Timeout.duration(…)` on the task, longer than its slowest honest run.',
  check: ({ stacks }) =>
    resourcesOfType(stacks, 'AWS::StepFunctions::StateMachine').flatMap((machine) =>
      statesOf(toStateMachine(machine.stack, machine.resource).definition)
        .filter(([, state]) => state['Type'] === 'Task' && !hasTimeout(state))
        .map(([name, { TimeoutSeconds: given }]) =>
          findingAt(machine, {
            property: `Properties.${'Definition' in machine.resource.properties ? 'Definition' : 'DefinitionString'}`,
            message: `the Task "${name}" has ${describe(given)}`,
          }),
        ),
    ),
};

/** Seconds, a JSONata expression that yields them, or the path of them in the input. */
const hasTimeout = ({ TimeoutSeconds: seconds, TimeoutSecondsPath: path }: JsonObject): boolean =>
  (typeof seconds === 'number' && seconds > 0) ||
  (typeof seconds === 'string' && /^\{%.*%\}$/s.test(seconds)) ||
  typeof path === 'string';

const describe = (seconds: Json | undefined): string =>
  seconds === undefined ? 'no TimeoutSeconds' : `TimeoutSeconds ${JSON.stringify(seconds)}`;
