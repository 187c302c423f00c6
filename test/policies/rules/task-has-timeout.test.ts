import type { JsonObject } from '@crosswind/aws/json';
import { taskHasTimeout } from '../../../policies/rules/task-has-timeout.ts';
import { resource, testRule } from './test-rule.ts';

const machine = (states: JsonObject) =>
  resource('AWS::StepFunctions::StateMachine', 'Machine', {
    DefinitionString: JSON.stringify({ StartAt: 'A', States: states }),
  });
const task = (timeout: JsonObject = {}): JsonObject => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  ...timeout,
});
const withTimeout = task({ TimeoutSeconds: 60 });
const finding = { at: 'Machine', property: 'Properties.DefinitionString' };

testRule(taskHasTimeout, {
  valid: {
    'a Task with a timeout': machine({ A: withTimeout }),
    'a timeout that an expression yields': machine({ A: task({ TimeoutSeconds: '{% $timeout %}' }) }),
    'a timeout from the input': machine({ A: task({ TimeoutSecondsPath: '$.timeout' }) }),
    'states that wait for nobody': machine({
      A: { Type: 'Pass' },
      B: { Type: 'Wait', Seconds: 1 },
      C: { Type: 'Succeed' },
    }),
    'Tasks with timeouts inside of a Map and a Parallel': machine({
      A: { Type: 'Map', ItemProcessor: { States: { B: withTimeout } } },
      C: { Type: 'Parallel', Branches: [{ States: { D: withTimeout } }, { States: { E: withTimeout } }] },
    }),
  },
  invalid: {
    'a Task without one': { ...finding, given: machine({ A: task() }), message: 'the Task "A" has no TimeoutSeconds' },
    'a timeout of no time': {
      ...finding,
      given: machine({ A: task({ TimeoutSeconds: 0 }) }),
      message: 'the Task "A" has TimeoutSeconds 0',
    },
    'a heartbeat, which is no timeout': {
      ...finding,
      given: machine({ A: task({ HeartbeatSeconds: 10 }) }),
      message: 'the Task "A" has no TimeoutSeconds',
    },
    'one inside of a Map': {
      ...finding,
      given: machine({ A: { Type: 'Map', ItemProcessor: { States: { B: task(), C: withTimeout } } } }),
      message: 'the Task "B"',
    },
    'one inside of a Map as it was written formerly': {
      ...finding,
      given: machine({ A: { Type: 'Map', Iterator: { States: { B: task() } } } }),
      message: 'the Task "B"',
    },
    'one in the second branch of a Parallel inside of a Map': {
      ...finding,
      given: machine({
        A: {
          Type: 'Map',
          ItemProcessor: {
            States: { B: { Type: 'Parallel', Branches: [{ States: { C: withTimeout } }, { States: { D: task() } }] } },
          },
        },
      }),
      message: 'the Task "D"',
    },
    'one in a definition that is no string': {
      given: resource('AWS::StepFunctions::StateMachine', 'Machine', { Definition: { States: { A: task() } } }),
      message: 'the Task "A"',
      at: 'Machine',
      property: 'Properties.Definition',
    },
  },
});
