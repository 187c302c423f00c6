import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { customResource } from '../../../src/cloudformation/custom-resources.ts';
import { cloudFormation } from './client.ts';
import { FailingStack } from './failing.ts';
import { failures } from './failures.ts';
import { subjects } from './subjects.ts';

describe.each(Object.entries(subjects))('of %s', (type, subject) => {
  test.each(Object.entries(failures))('%s', async (_, { steps }) => {
    const stack = await FailingStack.open(type, subject);
    for (const [index, { asks, denied, clashes, ...expected }] of steps.entries()) {
      const found = await stack.take({ asks, denied, clashes, ...expected });
      const isKnown = stack.subjectNow() !== undefined;
      expect({ step: index + 1, asks, ...found }).toMatchObject({
        step: index + 1,
        asks,
        ...expected,
        subject: isKnown ? expected.subject : found.subject,
      });
      // A subset of an object matches, too.
      expect(Object.keys(found.resources).sort()).toEqual(Object.keys(expected.resources).sort());
    }
  });
});

describe('the table', () => {
  test('has every type that the sandbox handles', async () => {
    const { sandbox } = await cloudFormation();
    const handled = [...sandbox.handlers.keys()].map((type) => (type === customResource ? 'Custom::Subject' : type));
    expect(handled).toContain('AWS::IAM::Role');
    expect(handled.filter((type) => !(type in subjects))).toEqual([]);
  });

  test("has every type of the CDK's bootstrap", () => {
    const manifest = createRequire(import.meta.url).resolve('aws-cdk/package.json');
    const file = manifest.replace('package.json', 'lib/api/bootstrap/bootstrap-template.yaml');
    const { Resources } = parse(readFileSync(file, 'utf8'), { logLevel: 'silent' }) as {
      readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
    };
    const types = Object.values(Resources).map(({ Type }) => Type);
    expect(types).toContain('AWS::ECR::Repository');
    expect(types.filter((type) => !(type in subjects))).toEqual([]);
  });

  test('names pages of AWS for each failure', () => {
    const sources = Object.values(failures).flatMap((failure) => failure.sources);
    expect(sources.length).toBeGreaterThanOrEqual(Object.keys(failures).length);
    expect(sources.filter((source) => !source.startsWith('https://'))).toEqual([]);
  });
});
