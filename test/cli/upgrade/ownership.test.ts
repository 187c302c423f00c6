import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ownerOf, shares } from '../../../cli/upgrade/ownership.ts';

test.each<[path: string, isOfTemplate: boolean, owner: string]>([
  ['platform.yaml', true, 'you'],
  ['policies/waivers.yaml', true, 'you'],
  ['policies/own-rules.ts', true, 'you'],
  ['policies/waivers.ts', true, 'template'],
  ['services/hello/contract.ts', false, 'you'],
  ['services/hello/deep/inside.ts', false, 'you'],
  ['services/sample/contract.ts', true, 'template'],
  ['services/readme.md', false, 'template'],
  ['policies/rules/mine.ts', false, 'you'],
  ['policies/rules/mine.md', false, 'template'],
  ['policies/rules/deep/mine.ts', false, 'template'],
  ['policies/rules/index.ts', true, 'template'],
  ['test/policies/rules/mine.test.ts', false, 'you'],
  ['package.json', true, 'both'],
  ['packages/aws/package.json', true, 'packages'],
  ['package-lock.json', true, 'generated'],
  ['platform.schema.json', true, 'generated'],
  ['out/map.svg', false, 'generated'],
  ['output/map.svg', false, 'template'],
  ['stages/stage.ts', true, 'template'],
])('%s (of the template: %s) belongs to %s', (path, isOfTemplate, owner) => {
  expect(ownerOf(path, isOfTemplate)).toBe(owner);
});

const names = { you: 'yours', both: 'both', generated: 'generated', packages: 'packages', template: "the template's" };

/** Rows of a Markdown table in a text, as their cells. */
const rowsIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .join('|'),
    );

/** The table as documents show it. */
const table = shares.map(({ owner, files, upgrade }) => {
  const shown = files.map((file) => (file.includes(' ') ? file : `\`${file}\``)).join(', ');
  return `|${shown}|${names[owner]}|${upgrade}|`;
});

test('documents show the table of owners as the upgrade applies it', () => {
  const documents = ['README.md', 'CONTRIBUTING.md', 'docs/upgrading.md'].map((file) => readFileSync(file, 'utf8'));
  // An adopter may write a README of their own.
  const shown = documents.map(rowsIn).filter((rows) => rows.some((row) => row.includes('`platform.yaml`, `policies')));
  expect(shown.length).toBeGreaterThan(0);
  for (const rows of shown) expect(rows).toEqual(expect.arrayContaining(table));
});

test('the record of the template has its section in the changelog', () => {
  const { crosswind } = JSON.parse(readFileSync('package.json', 'utf8')) as { crosswind: { template: string } };
  expect(readFileSync('CHANGELOG.md', 'utf8')).toContain(`\n## ${crosswind.template}\n`);
});
