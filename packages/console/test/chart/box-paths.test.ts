import { expect, test } from 'vitest';
import { boxPaths } from '../../src/chart/box-paths.ts';

test('boxes of a kind are one path', () => {
  const paths = boxPaths([
    { kind: 'done', x: 0, y: 8, width: 2, height: 14 },
    { kind: 'failed', x: 2.3456, y: 8, width: 1, height: 14 },
    { kind: 'done', x: 10, y: 8, width: 0.5, height: 14 },
  ]);
  expect([...paths]).toEqual([
    ['done', 'M0 8h2v14h-2zM10 8h0.5v14h-0.5z'],
    ['failed', 'M2.35 8h1v14h-1z'],
  ]);
});
