import type { Stack } from '@crosswind/assembly/resolve';
import { expect, test } from 'vitest';
import { fixedCost } from '../../../../cli/plan/costs/fixed-cost.ts';
import { synthesized } from '../../../synthesized.ts';

const stacks = (): readonly Stack[] => synthesized().stacks;

/** The stacks without the first resource of a type. */
function without(type: string): readonly Stack[] {
  let isGone = false;
  return stacks().map((stack) => ({
    ...stack,
    resources: stack.resources.filter((resource) => {
      if (isGone || resource.type !== type) return true;
      isGone = true;
      return false;
    }),
  }));
}

const changeOf = (before: readonly Stack[], after: readonly Stack[]) => {
  const { items, total } = fixedCost(before, after);
  return {
    items: items.map(({ item, cost }) => [item, Math.round((cost.after.least - cost.before.least) * 100) / 100]),
    total: Math.round((total.after.least - total.before.least) * 100) / 100,
  };
};

test('the same stacks cost the same, and something', () => {
  const { items, total } = fixedCost(stacks(), stacks());
  expect(items).toEqual([]);
  expect(total.before).toEqual(total.after);
  expect(total.after.least).toBeGreaterThan(1);
});

test.each([
  ['AWS::CloudWatch::Dashboard', 'dashboards', 3],
  ['AWS::KMS::Key', 'keys', 1],
])('one %s less and more is %s for %d dollars', (type, item, dollars) => {
  expect(changeOf(stacks(), without(type))).toEqual({ items: [[item, -dollars]], total: -dollars });
  expect(changeOf(without(type), stacks())).toEqual({ items: [[item, dollars]], total: dollars });
});

test('an alarm less costs less, and the largest difference comes first', () => {
  const alone = changeOf(stacks(), without('AWS::CloudWatch::Alarm'));
  expect(alone.items.length).toBeGreaterThan(0);
  expect(alone.total).toBeLessThan(0);
  const [keys, all] = ['AWS::KMS::Key', 'AWS::CloudWatch::Dashboard'].map((type) => without(type));
  const both = fixedCost(keys ?? [], all ?? []);
  expect(both.items.map(({ item }) => item)).toEqual(['dashboards', 'keys']);
});

test('a key of a workload counts, although it watches nothing', () => {
  const [first, ...others] = stacks();
  if (!first) throw new Error('the example has no stack');
  const key = { ...first.resources[0], type: 'AWS::KMS::Key' } as Stack['resources'][number];
  const more = [{ ...first, resources: [...first.resources, key] }, ...others];
  expect(changeOf(stacks(), more)).toEqual({ items: [['keys', 1]], total: 1 });
});
