import { expect, test } from 'vitest';
import { shapeWithout } from '../../policies/shape-without.ts';

const shape = shapeWithout([
  'dev',
  'prod',
  'orders-dev',
  'orders-prod',
  '111111111111',
  '222222222222',
  'App/dev/Child',
  '',
]);

test.each([
  ['an account', 'role in 111111111111', 'role in 222222222222'],
  ['a name that contains another one', 'topic orders-dev is open', 'topic orders-prod is open'],
  ['a name in a longer one', 'crosswind-dev-topic', 'crosswind-prod-topic'],
  ['a construct path', 'App/dev/Child/Bucket', 'App/dev/Child/Bucket'],
  ['a generated suffix', 'stack-Role-C24EA5A56E70 is open', 'stack-Role-0A1B2C3D4E5F is open'],
  ['the suffix of a bucket', 'arn:aws:s3:::stack-data-209933e8a056/*', 'arn:aws:s3:::stack-data-7c09d185017c/*'],
  [
    'the id of a key',
    'key/0a1b2c3d-1111-2222-3333-0a1b2c3d4e5f is open',
    'key/9f8e7d6c-4444-5555-6666-9f8e7d6c5b4a is open',
  ],
])('texts that differ in %s have one shape', (_, one, other) => {
  expect(shape(one)).toBe(shape(other));
});

test.each([
  ['words', 'it is open', 'it is shut'],
  ['a part of a word', 'develop', 'production'],
  ['an account that is no name', 'in 111111111111', 'in 333333333333'],
  ['a word of twelve letters', 'stack-transactions', 'stack-distribution'],
  ['the number of names', 'dev', 'dev dev'],
])('texts that differ in %s have two', (_, one, other) => {
  expect(shape(one)).not.toBe(shape(other));
});

test('a text is read once, however many names there are', () => {
  const names = Array.from({ length: 5_000 }, (_, index) => `Crosswind/stage-${index}/Child`);
  const many = shapeWithout(names);
  const startedAt = performance.now();
  for (let index = 0; index < 5_000; index += 1) many(`${'some words '.repeat(30)} Crosswind/stage-${index}/Child`);
  expect(performance.now() - startedAt).toBeLessThan(3_000);
});
