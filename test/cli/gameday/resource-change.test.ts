import type { Stack } from '@crosswind/assembly/resolve';
import type { JsonObject } from '@crosswind/aws/json';
import { expect, test } from 'vitest';
import { withProperties } from '../../../cli/gameday/resource-change.ts';

const key = {
  logicalId: 'Key',
  path: 'App/dev/Child/Orders/Key/Resource',
  type: 'AWS::KMS::Key',
  name: 'key',
  properties: { Enabled: true, Tags: [{ Key: 'a', Value: 'b' }], Nested: { one: 1, two: 2 } },
};
const other = { ...key, logicalId: 'Other', path: 'App/dev/Child/Orders/Other' };
const stack = { name: 'orders', path: 'App/dev/Child', resources: [key, other] } as unknown as Stack;

test.each([
  ['another value', { Enabled: false }, { ...key.properties, Enabled: false }],
  ['a part of an object', { Nested: { two: 3 } }, { ...key.properties, Nested: { one: 1, two: 3 } }],
  ['a list, which is replaced', { Tags: [] }, { ...key.properties, Tags: [] }],
  ['a property that goes', { Enabled: null }, { Tags: key.properties.Tags, Nested: key.properties.Nested }],
  ['a new property', { Alias: 'x' }, { ...key.properties, Alias: 'x' }],
])('changes %s of one resource', (_, patch, properties) => {
  expect(withProperties(stack, 'Orders/Key', patch).resources).toEqual([{ ...key, properties }, other]);
});

test('asks a function for the change, with the properties as they are', () => {
  const change = ({ Enabled: before }: JsonObject): JsonObject => ({ Enabled: before !== true });
  expect(withProperties(stack, 'Orders/Key', change).resources).toEqual([
    { ...key, properties: { ...key.properties, Enabled: false } },
    other,
  ]);
});

test('refuses a change that changes nothing, and names the resource', () => {
  expect(() => withProperties(stack, 'Orders/Key', { Enabled: true })).toThrow(
    '{"Enabled":true} changes nothing of App/dev/Child/Orders/Key/Resource: it has these properties already',
  );
});

test('refuses a path without a resource, and names those that there are', () => {
  expect(() => withProperties(stack, 'Orders/Kye', { Enabled: false })).toThrow(
    'the stack App/dev/Child has no resource at Orders/Kye; it has Orders/Key, Orders/Other',
  );
});
