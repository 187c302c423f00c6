import { problemsOf, resourceType } from '@crosswind/aws/resource-types';
import { expect, test } from 'vitest';
import { synthesized } from './platform.ts';

test('the resources of the workload are of known types, which their schemas take', () => {
  const resources = synthesized().stacks.flatMap((stack) => stack.resources);
  expect(resources.length).toBeGreaterThan(50);
  expect(resources.filter(({ type }) => resourceType(type) === undefined)).toEqual([]);
  const problems = resources.flatMap(({ type, path, properties }) =>
    problemsOf(type, properties).map(({ pointer, message }) => `${path}${pointer}: ${message}`),
  );
  expect(problems).toEqual([]);
});
