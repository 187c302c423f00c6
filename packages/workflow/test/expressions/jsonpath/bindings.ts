import type { Json } from '@crosswind/aws/json';
import type { Bindings } from '../../../src/expressions/query.ts';

/** Bindings of a JSONPath state with this input. */
export const bindings = (input: Json, seed = 'run-1/2'): Bindings => ({
  language: 'JSONPath',
  states: { input, context: { Execution: { Name: 'run-1' } } },
  variables: { unit: 'kn', limits: { gale: 34, hurricane: 64 } },
  at: Date.parse('2026-01-31T12:00:00Z'),
  seed,
});
