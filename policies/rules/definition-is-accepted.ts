import { type StateMachineResource, toStateMachine } from '@crosswind/assembly/state-machines';
import { parseDefinition } from '@crosswind/workflow/definition/parse-definition';
import { type Located, type Rule, findingAt, resourcesOfType } from './rule.ts';

export const definitionIsAccepted: Rule = {
  id: 'WORKFLOW-3',
  severity: 'error',
  requires: 'AWS accepts every definition of a state machine, and the sandbox can run it.',
  because:
    'AWS reads a definition when it is deployed, in the last step of a stack, after other accounts have changed.',
  fix: 'Correct the field that the finding names (https://states-language.net).',
  check: ({ stacks }) =>
    resourcesOfType(stacks, 'AWS::StepFunctions::StateMachine').flatMap((machine) =>
      problemsOf(machine).map((message) =>
        findingAt(machine, {
          property: `Properties.${'Definition' in machine.resource.properties ? 'Definition' : 'DefinitionString'}`,
          message,
        }),
      ),
    ),
};

/** Problems of the definition with all names and ARNs in their places. */
function problemsOf({ stack, resource }: Located): readonly string[] {
  const { definition, type }: StateMachineResource = toStateMachine(stack, resource);
  const parsed = parseDefinition(definition, type);
  return parsed.ok ? [] : parsed.problems;
}
