import { describe, expect, test } from 'vitest';
import { type Resource, type Stack, resolvePartly } from '@crosswind/assembly/resolve';
import { type Located, findingAt } from '../../../policies/rules/rule.ts';
import { assembled, bucket } from '@crosswind/assembly/testing/assembled';

const found = { property: 'Properties.X', message: 'it is a test' };

/** The only resource of a stack, with its construct path if the template has one. */
function located(metadata: Readonly<Record<string, string>>): Located {
  const { stacks } = resolvePartly([assembled({ Resources: { B: { ...bucket(), Metadata: metadata } } })]);
  const [stack] = stacks as readonly [Stack];
  const [resource] = stack.resources as readonly [Resource];
  return { stack, resource };
}

describe('a finding', () => {
  test('is at the construct that the template names', () => {
    expect(findingAt(located({ 'aws:cdk:path': 'App/One/B' }), found)).toMatchObject({
      path: 'App/One/B',
      logicalId: 'B',
      templateFile: 'one.template.json',
      ...found,
    });
  });

  test('is at the stack where the template names no construct: the CDK passes over findings outside of every stack', () => {
    expect(findingAt(located({}), found)).toMatchObject({ path: 'App/One', logicalId: 'B' });
  });
});
