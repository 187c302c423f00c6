import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const app = join(import.meta.dirname, '../src/app');
const files = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(tsx?|css)$/.test(file));
const textOf = (file: string): string => readFileSync(join(app, file), 'utf8');

test('a component has at most 150 lines', () => {
  const components = files.filter((file) => file.endsWith('.tsx'));
  expect(components.length).toBeGreaterThan(20);
  expect(components.filter((file) => textOf(file).split('\n').length > 151)).toEqual([]);
});

test('colors are tokens: no file of the app has one of its own', () => {
  const colors = /#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/i;
  expect(
    files.filter((file) =>
      colors.test(
        textOf(file)
          .replaceAll(/url\('#[\w-]+'\)/g, '')
          .replaceAll(/#hatch-stuck/g, ''),
      ),
    ),
  ).toEqual([]);
});
