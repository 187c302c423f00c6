import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonObject, objectOf, textOf } from '@crosswind/aws/json';
import { problemsOf, replacementOf, resourceType } from '@crosswind/aws/resource-types';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { synthesized } from '../synthesized.ts';

interface Declared {
  readonly type: string;
  readonly place: string;
  readonly properties: JsonObject;
}

const bootstrapFile = join(import.meta.dirname, '../../node_modules/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml');

/** Resources of the CDK's own bootstrap template, with its functions. */
const bootstrap = (): readonly Declared[] =>
  Object.entries(objectOf((parse(readFileSync(bootstrapFile, 'utf8')) as JsonObject)['Resources'])).map(
    ([place, resource]) => ({
      place,
      type: textOf(objectOf(resource)['Type']),
      properties: objectOf(objectOf(resource)['Properties']),
    }),
  );

/** Resources of the example platform as their templates have them, and with their functions resolved. */
const platform = (): readonly Declared[] => [
  ...synthesized().assembled.flatMap(({ path, template }) =>
    Object.entries(template.Resources).map(([id, { Type: type, Properties: properties = {} }]) => ({
      type,
      place: `${path}/${id}`,
      properties,
    })),
  ),
  ...synthesized().stacks.flatMap(({ path, resources }) =>
    resources.map(({ logicalId, type, properties }) => ({ type, place: `${path}/${logicalId}, resolved`, properties })),
  ),
];

describe.each([
  ['platform', platform, 150, 14],
  ['bootstrap template', bootstrap, 12, 7],
])('the resources of the %s', (_, declared, atLeast, types) => {
  test('are of known types, which their schemas take', () => {
    expect(declared().length).toBeGreaterThan(atLeast);
    expect(new Set(declared().map(({ type }) => type)).size).toBeGreaterThan(types);
    const found = declared().flatMap(({ type, place, properties }) => {
      if (resourceType(type) === undefined) return [`${place} has the unknown type ${type}`];
      return problemsOf(type, properties).map(({ pointer, message }) => `${place}${pointer}: ${message}`);
    });
    expect(found).toEqual([]);
  });

  test('are refused with a property that their types do not have', () => {
    const custom = (type: string): boolean => type.startsWith('Custom::');
    for (const { type, properties } of declared().filter((one) => !custom(one.type))) {
      expect(problemsOf(type, { ...properties, Unheard: 1 })).toMatchObject([
        { message: expect.any(String) as string },
      ]);
    }
  });

  test('have no property that replaces a resource under conditions, so no update of them is assumed', () => {
    for (const type of new Set(declared().map(({ type }) => type))) {
      const { mayReplace, definitions = {} } = resourceType(type) ?? {};
      expect(
        [type, mayReplace, ...Object.values(definitions).map((inner) => inner.mayReplace)]
          .flat()
          .filter((it) => it !== undefined),
      ).toEqual([type]);
    }
  });

  test('do not change where they stay the same', () => {
    for (const { type, properties } of declared()) {
      expect(replacementOf(type, properties, structuredClone(properties))).toMatchObject({
        changes: [],
        decision: 'no interruption',
      });
    }
  });
});
