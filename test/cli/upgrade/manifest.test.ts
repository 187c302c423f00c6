import type { JsonObject } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import { manifestText, mergeManifests, readManifest } from '../../../cli/upgrade/manifest.ts';

const base = {
  name: 'crosswind',
  version: '0.2.0',
  crosswind: { template: '0.2.0' },
  scripts: { check: 'check', bench: 'bench' },
  dependencies: { yaml: '1', zod: '1' },
  workspaces: ['packages/*'],
};

describe('the merge of package.json', () => {
  test.each<[sentence: string, yours: JsonObject, theirs: JsonObject, merged: JsonObject]>([
    [
      "takes the template's change",
      {},
      { dependencies: { yaml: '2', zod: '1' } },
      { dependencies: { yaml: '2', zod: '1' } },
    ],
    ['keeps yours', { dependencies: { yaml: '2', zod: '1' } }, {}, { dependencies: { yaml: '2', zod: '1' } }],
    [
      'takes both where they are different entries',
      { dependencies: { yaml: '2', zod: '1' } },
      { dependencies: { yaml: '1', zod: '2' } },
      { dependencies: { yaml: '2', zod: '2' } },
    ],
    [
      'takes an entry that both changed to the same value',
      { dependencies: { yaml: '2', zod: '1' } },
      { dependencies: { yaml: '2', zod: '1' } },
      { dependencies: { yaml: '2', zod: '1' } },
    ],
    [
      'adds what either added',
      { dependencies: { mine: '1', yaml: '1', zod: '1' } },
      { dependencies: { theirs: '1', yaml: '1', zod: '1' } },
      { dependencies: { mine: '1', theirs: '1', yaml: '1', zod: '1' } },
    ],
    ['removes what the template removed', {}, { dependencies: { zod: '1' } }, { dependencies: { zod: '1' } }],
    [
      'leaves out what you removed, even where the template changed it',
      { scripts: { check: 'check' } },
      { scripts: { check: 'check', bench: 'other' } },
      { scripts: { check: 'check' } },
    ],
    [
      'keeps your name and version',
      { name: 'ours', version: '7.0.0' },
      { version: '0.3.0' },
      { name: 'ours', version: '7.0.0' },
    ],
    [
      'takes the version of the template where you have none of your own',
      {},
      { version: '0.3.0' },
      { version: '0.3.0' },
    ],
  ])('%s', (_, yours, theirs, merged) => {
    const { json, conflicts } = mergeManifests(base, { ...base, ...yours }, { ...base, ...theirs });
    const { crosswind, ...others } = { ...base, ...merged };
    expect({ json, conflicts }).toEqual({ json: others, conflicts: [] });
    expect(crosswind).toBeDefined();
  });

  test.each<[sentence: string, yours: JsonObject, theirs: JsonObject, conflict: string]>([
    [
      'changed',
      { dependencies: { yaml: '1', zod: '2' } },
      { dependencies: { yaml: '1', zod: '3' } },
      `dependencies.zod: yours "2", the template's "3"`,
    ],
    [
      'changed and removed',
      { dependencies: { yaml: '1', zod: '2' } },
      { dependencies: { yaml: '1' } },
      `dependencies.zod: yours "2", the template's removed`,
    ],
    ['added', { engines: { node: '1' } }, { engines: { node: '2' } }, `engines.node: yours "1", the template's "2"`],
    [
      'changed as a list',
      { workspaces: ['a'] },
      { workspaces: ['b'] },
      `workspaces: yours ["a"], the template's ["b"]`,
    ],
  ])('names an entry that both %s, and keeps yours', (_, yours, theirs, conflict) => {
    const { json, conflicts } = mergeManifests(base, { ...base, ...yours }, { ...base, ...theirs });
    expect(conflicts).toEqual([conflict]);
    expect(json).toMatchObject(yours);
  });

  test('keeps the order of the template, and your entries behind the ones that they follow', () => {
    const yours = { ...base, dependencies: { a: '1', yaml: '1', ya: '1', zod: '1', zz: '1' } };
    const { json } = mergeManifests(base, yours, { ...base, dependencies: { aws: '1', yaml: '1', zod: '1' } });
    expect(Object.keys(json['dependencies'] ?? {})).toEqual(['a', 'aws', 'yaml', 'ya', 'zod', 'zz']);
  });
});

test('a manifest is written with its record behind the version, and as it was indented', () => {
  const record = { template: '0.3.0', commit: 'abc' };
  const json = { name: 'a', version: '1.0.0', private: true };
  const text = manifestText(json, record, '{\n    "name": "a"\n}\n');
  expect(text).toBe(
    '{\n    "name": "a",\n    "version": "1.0.0",\n    "crosswind": {\n        "template": "0.3.0",\n        "commit": "abc"\n    },\n    "private": true\n}\n',
  );
  expect(manifestText(json, record, '{}')).toContain('\n  "private": true\n}\n');
  expect(readManifest('package.json', text)).toMatchObject({ ...record, version: '0.3.0' });
});

test('a manifest without a record has the version of its package', () => {
  expect(readManifest('package.json', '{ "version": "0.1.0" }')).toMatchObject({
    version: '0.1.0',
    template: undefined,
  });
});
