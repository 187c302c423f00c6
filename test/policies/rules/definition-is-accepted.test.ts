import type { JsonObject } from '@crosswind/aws/json';
import { definitionIsAccepted } from '../../../policies/rules/definition-is-accepted.ts';
import { resource, testRule } from './test-rule.ts';

const machine = (definition: JsonObject, properties: JsonObject = {}) =>
  resource('AWS::StepFunctions::StateMachine', 'Machine', {
    DefinitionString: JSON.stringify(definition),
    ...properties,
  });
const finding = { at: 'Machine', property: 'Properties.DefinitionString' };
const end = { Type: 'Succeed' };
const invoke = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true };

testRule(definitionIsAccepted, {
  valid: {
    'a definition that runs': machine({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: end } }),
    'an ARN that is in its place only when the definition is resolved': {
      ...machine(
        { StartAt: 'A', States: { A: { ...invoke, Resource: '${Function}' } } },
        {
          DefinitionSubstitutions: { Function: 'arn:aws:lambda:eu-west-1:111111111111:function:one' },
        },
      ),
    },
    'a definition that is no string': resource('AWS::StepFunctions::StateMachine', 'Machine', {
      Definition: { StartAt: 'A', States: { A: end } },
    }),
  },
  invalid: {
    'a way to nowhere': {
      ...finding,
      given: machine({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'C' } } }),
      message: "States.A.Next: MISSING_TRANSITION_TARGET: Missing 'Next' target",
    },
    'a state that leads nowhere': {
      ...finding,
      given: machine({ StartAt: 'A', States: { A: { Type: 'Pass' } } }),
      message: 'States.A: needs either Next or End',
    },
    'a field that the type of a state does not have': {
      ...finding,
      given: machine({ StartAt: 'A', States: { A: { Type: 'Succeed', Seconds: 1 } } }),
      message: 'States.A',
    },
    'what an express workflow cannot do': {
      ...finding,
      given: machine(
        { StartAt: 'A', States: { A: { ...invoke, Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken' } } },
        { StateMachineType: 'EXPRESS' },
      ),
      message: 'States.A.Resource',
    },
    'one that is wrong only when it is resolved': {
      ...finding,
      given: machine(
        { StartAt: 'A', States: { A: { Type: 'Pass', Next: '${Next}' } } },
        { DefinitionSubstitutions: { Next: 'B' } },
      ),
      message: `Missing 'Next' target: "B"`,
    },
  },
});
