import type { JsonObject } from '@crosswind/aws/json';
import { retryIsBounded } from '../../../policies/rules/retry-is-bounded.ts';
import { resource, testRule } from './test-rule.ts';

const machine = (states: JsonObject) =>
  resource('AWS::StepFunctions::StateMachine', 'Machine', {
    DefinitionString: JSON.stringify({ StartAt: 'A', States: states }),
  });
const retried = (...retry: readonly JsonObject[]): JsonObject => ({ Type: 'Task', Retry: retry });
const all = { ErrorEquals: ['States.ALL'] };
const finding = { at: 'Machine', property: 'Properties.DefinitionString' };

testRule(retryIsBounded, {
  valid: {
    'the defaults, which are three attempts': machine({ A: retried(all) }),
    'a hundred attempts with a longest delay': machine({
      A: retried({ ...all, MaxAttempts: 100, MaxDelaySeconds: 60 }),
    }),
    'no attempt': machine({ A: retried({ ...all, MaxAttempts: 0, IntervalSeconds: 999_999 }) }),
    'one attempt after most of a day': machine({ A: retried({ ...all, MaxAttempts: 1, IntervalSeconds: 86_400 }) }),
    'a state without Retry': machine({ A: { Type: 'Pass' } }),
  },
  invalid: {
    'as many attempts as AWS takes': {
      ...finding,
      given: machine({ A: retried({ ...all, MaxAttempts: 99_999_999, MaxDelaySeconds: 5 }) }),
      message: 'a Retry of the state "A" makes 99,999,999 attempts',
    },
    'one attempt more than a hundred': {
      ...finding,
      given: machine({ A: retried({ ...all, MaxAttempts: 101, MaxDelaySeconds: 1 }) }),
      message: 'makes 101 attempts',
    },
    'a delay that doubles for weeks': {
      ...finding,
      given: machine({ A: retried({ ...all, MaxAttempts: 20 }) }),
      message: 'waits 291 hours in all',
    },
    'a delay that doubles for ever': {
      ...finding,
      given: machine({ A: retried({ ...all, MaxAttempts: 100 }) }),
      message: 'waits more than a hundred years in all',
    },
    'a longest delay that is too long': {
      ...finding,
      given: machine({ A: retried({ ...all, MaxAttempts: 30, MaxDelaySeconds: 31_000_000 }) }),
      message: 'hours in all',
    },
    'one attempt after more than a day': {
      ...finding,
      given: machine({ A: retried({ ...all, MaxAttempts: 1, IntervalSeconds: 90_000 }) }),
      message: 'waits 25 hours in all',
    },
    'the second of two retriers, inside of a Map': {
      ...finding,
      given: machine({
        A: { Type: 'Map', ItemProcessor: { States: { B: retried(all, { ...all, MaxAttempts: 1_000 }) } } },
      }),
      message: 'a Retry of the state "B" makes 1,000 attempts',
    },
    'one of a Parallel in a definition that is no string': {
      given: resource('AWS::StepFunctions::StateMachine', 'Machine', {
        Definition: { States: { A: { Type: 'Parallel', Branches: [], Retry: [{ ...all, MaxAttempts: 500 }] } } },
      }),
      message: 'makes 500 attempts',
      at: 'Machine',
      property: 'Properties.Definition',
    },
  },
});
