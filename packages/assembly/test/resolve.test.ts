import { describe, expect, test } from 'vitest';
import { AssemblyError } from '../src/read-assembly.ts';
import { UnresolvedError, resolveStacks, resolveTolerantly } from '../src/resolve.ts';
import type { Template } from '../src/template.ts';
import type { Json } from '@crosswind/aws/json';
import { assembled, bucket, resourceOf } from '../src/testing/assembled.ts';

function problems(...values: readonly Json[]): readonly string[] {
  const stacks = values.map((value, index) =>
    assembled({ Resources: { It: bucket({ Tags: [{ Value: value }] }) } }, { path: `App/${index + 1}` }),
  );
  try {
    resolveStacks(stacks);
  } catch (error) {
    if (error instanceof UnresolvedError) return error.problems;
    throw error;
  }
  return [];
}

describe('what cannot be resolved is named with its stack, its path and its function:', () => {
  test.each<[Json, string]>([
    [{ Ref: 'Nothing' }, 'cannot resolve Ref "Nothing"'],
    [{ 'Fn::GetAtt': ['It', 'Nothing'] }, 'cannot resolve Fn::GetAtt "It.Nothing"'],
    [{ 'Fn::GetAtt': ['Nothing', 'Arn'] }, 'cannot resolve Fn::GetAtt "Nothing.Arn"'],
    [{ 'Fn::Sub': '${Nothing.Arn}' }, 'cannot resolve Fn::GetAtt "Nothing.Arn"'],
    [{ 'Fn::Select': [3, ['a']] }, 'Fn::Select has no item 3 in ["a"]'],
    [{ 'Fn::FindInMap': ['A', 'b', 'c'] }, 'Fn::FindInMap finds nothing at A.b.c'],
    [{ 'Fn::ImportValue': 'x' }, 'no stack of the same account and region exports "x"'],
    [{ 'Fn::If': ['Nothing', 1, 2] }, 'there is no condition "Nothing"'],
    [{ 'Fn::GetAZs': '' }, 'Fn::GetAZs is not supported by the assembly reader'],
    [{ 'Fn::GetStackOutput': 'x' }, 'Fn::GetStackOutput is not supported by the assembly reader'],
  ])('%j', (value, problem) => {
    expect(problems(value)).toEqual([`App/1 It.Properties.Tags.0.Value: ${problem}`]);
  });

  test('a parameter that has a value only when it is deployed', () => {
    const ssm = { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/path' };
    const stack = assembled({
      Parameters: { Ssm: ssm, Open: { Type: 'String' } },
      Resources: { It: bucket({ A: { Ref: 'Ssm' }, B: { Ref: 'Open' } }) },
    });
    expect(() => resolveStacks([stack])).toThrow(
      'App/One It.Properties.A: the parameter "Ssm" (AWS::SSM::Parameter::Value<String>) has no value before deployment\n' +
        '  App/One It.Properties.B: the parameter "Open" (String) has no value before deployment',
    );
  });

  test('all of it, in all stacks, each once', () => {
    expect(problems([{ Ref: 'A' }, { Ref: 'B' }], { Ref: 'C' })).toEqual([
      'App/1 It.Properties.Tags.0.Value.0: cannot resolve Ref "A"',
      'App/1 It.Properties.Tags.0.Value.1: cannot resolve Ref "B"',
      'App/2 It.Properties.Tags.0.Value: cannot resolve Ref "C"',
    ]);
  });

  test('also what two stacks import, once where it is exported and once in each importer', () => {
    const Outputs = { Out: { Value: { Ref: 'Nothing' }, Export: { Name: 'out' } } };
    const importer = { Resources: { It: bucket({ Tags: { 'Fn::ImportValue': 'out' } }) } };
    const stacks = [{ Outputs }, importer, importer].map((template, index) =>
      assembled(template, { path: `App/${index}` }),
    );
    const unknown = 'It.Properties.Tags: the export "out" has a value that could not be resolved';
    expect(() => resolveStacks(stacks)).toThrow(
      `the cloud assembly cannot be resolved:\n  App/0 Out: cannot resolve Ref "Nothing"\n  App/1 ${unknown}\n  App/2 ${unknown}`,
    );
  });

  test('and what can be resolved is no problem', () => {
    expect(problems({ Ref: 'AWS::Region' })).toEqual([]);
  });
});

describe('what needs itself is named', () => {
  const exporting = (Value: Json): Partial<Template> => ({ Outputs: { Out: { Value, Export: { Name: 'out' } } } });
  const onCondition = { It: { ...bucket(), Condition: 'A' } };
  test.each<[string, Partial<Template>, string]>([
    [
      'a name that is made of another one, which is made of the first',
      { Resources: { A: bucket({ BucketName: { Ref: 'B' } }), B: bucket({ BucketName: { Ref: 'A' } }) } },
      'names that do not need each other, got a circle: App/One B, App/One A',
    ],
    [
      'an export whose value imports it',
      { ...exporting({ 'Fn::ImportValue': 'out' }), Resources: { It: bucket({ Tags: { 'Fn::ImportValue': 'out' } }) } },
      'exports that do not need each other, got a circle: App/One Out',
    ],
    [
      'a condition that holds if another one holds, which does if the first does',
      { Resources: onCondition, Conditions: { A: { Condition: 'B' }, B: { 'Fn::Not': [{ Condition: 'A' }] } } },
      'conditions that do not need each other, got a circle: A, B',
    ],
  ])('%s', (_, template, message) => {
    const resolve = () => resolveTolerantly([assembled(template)]);
    expect(resolve).toThrow(AssemblyError);
    expect(resolve).toThrow(`expected ${message}`);
  });

  test.each<[string, Partial<Template>]>([
    ['a name of another one', { Resources: { A: bucket({ BucketName: { Ref: 'B' } }), B: bucket() } }],
    [
      'a condition of another one',
      { Resources: onCondition, Conditions: { A: { Condition: 'B' }, B: { 'Fn::Equals': [1, 1] } } },
    ],
  ])('and not %s', (_, template) => {
    expect(resolveTolerantly([assembled(template)])[0]?.resources).not.toEqual([]);
  });
});

describe('dependencies', () => {
  const others = { A: bucket(), B: bucket(), AB: bucket() };
  const dependencies = (value: Json, dependsOn?: string | readonly string[]) =>
    resourceOf({ Resources: { ...others, It: { ...bucket({ Tags: value }), DependsOn: dependsOn } } }, 'It')
      .dependencies;

  test.each<[string, Json, string | readonly string[] | undefined, readonly string[]]>([
    ['none', 'text about A', undefined, []],
    ['by Ref', { Ref: 'AB' }, undefined, ['AB']],
    ['by GetAtt', { 'Fn::GetAtt': ['A', 'Arn'] }, undefined, ['A']],
    ['by GetAtt as text', { 'Fn::GetAtt': 'A.Arn' }, undefined, ['A']],
    ['by Sub', { 'Fn::Sub': '${A} ${B.Arn}' }, undefined, ['A', 'B']],
    ['by DependsOn', 'text', 'B', ['B']],
    ['by DependsOn a list, each once', { Ref: 'A' }, ['A', 'B'], ['A', 'B']],
  ])('%s', (_, value, dependsOn, expected) => {
    expect([...dependencies(value, dependsOn)].sort()).toEqual(expected);
  });
});

test('a resource has its construct path, or else its logical id', () => {
  const It = { ...bucket(), Metadata: { 'aws:cdk:path': 'App/One/It' } };
  expect(resourceOf({ Resources: { It } }, 'It').path).toBe('App/One/It');
  expect(resourceOf({ Resources: { It: bucket() } }, 'It').path).toBe('It');
});

describe('resources to run', () => {
  const resolved = (Resources: Template['Resources']) =>
    resolveTolerantly([assembled({ Resources })]).flatMap(({ resources }) => resources);

  test('of a type that is not known have a name and an ARN of the usual form', () => {
    const [named, unnamed] = resolved({
      Winds: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'winds' } },
      Rains: { Type: 'AWS::DynamoDB::Table' },
    });
    expect(named).toMatchObject({ name: 'winds', arn: 'arn:aws:dynamodb:eu-west-1:111111111111:table/winds' });
    expect(unnamed?.name).toMatch(/^one-Rains-[0-9A-F]{12}$/);
    expect([named?.unresolved, unnamed?.unresolved]).toEqual([[], []]);
  });

  const noName = bucket({ BucketName: { Ref: 'Nothing' } });
  test.each<[string, Template['Resources'], string]>([
    ['Ref', { Named: noName, It: bucket({ Tags: { Ref: 'Named' } }) }, 'Ref "Named"'],
    [
      'Fn::GetAtt',
      { Named: noName, It: bucket({ Tags: { 'Fn::GetAtt': ['Named', 'Arn'] } }) },
      'Fn::GetAtt "Named.Arn"',
    ],
    ['Fn::Sub', { Named: noName, It: bucket({ Tags: { 'Fn::Sub': '${Named}' } }) }, 'Ref "Named"'],
  ])('are unresolved if %s gives a name that is', (_, resources, what) => {
    expect(resolved(resources).at(-1)?.unresolved).toEqual([
      `It.Properties.Tags: ${what} has a value that could not be resolved`,
    ]);
    expect(resolved({ ...resources, Named: bucket() }).at(-1)?.unresolved).toEqual([]);
  });

  test('are unresolved if they import what is, and resolved if they import something else', () => {
    const exporter = assembled({
      Resources: { Named: bucket() },
      Outputs: {
        Bad: { Value: { Ref: 'Nothing' }, Export: { Name: 'bad' } },
        Good: { Value: { Ref: 'Named' }, Export: { Name: 'good' } },
      },
    });
    const importing = (name: string) => assembled({ Resources: { It: bucket({ Tags: { 'Fn::ImportValue': name } }) } });
    const [, bad, good] = resolveTolerantly([exporter, importing('bad'), importing('good')]);
    expect(bad?.resources[0]?.unresolved).toEqual([
      'It.Properties.Tags: the export "bad" has a value that could not be resolved',
    ]);
    expect(good?.resources[0]?.unresolved).toEqual([]);
  });

  describe('with an attribute that a custom resource answers later', () => {
    const Asked = { Type: 'Custom::Asked' };
    const later = { 'Fn::GetAtt': ['Asked', 'Value'] };
    const unresolvedOf = (value: Json) => resolved({ Asked, It: bucket({ Tags: value }) }).at(-1)?.unresolved;

    test.each<[string, Json]>([
      ['Fn::Split', { 'Fn::Split': [':', later] }],
      ['Fn::Base64', { 'Fn::Base64': later }],
    ])('are unresolved where %s needs its letters', (name, value) => {
      expect(unresolvedOf(value)).toEqual([
        `It.Properties.Tags: ${name} of what a custom resource answers is not supported`,
      ]);
    });

    test.each<[string, Json]>([
      ['as it is', later],
      ['in a text', { 'Fn::Sub': 'a ${Asked.Value}' }],
    ])('are resolved with it %s', (_, value) => {
      expect(unresolvedOf(value)).toEqual([]);
    });

    test('are unresolved where they import it from another stack', () => {
      const exporter = { Resources: { Asked }, Outputs: { Out: { Value: later, Export: { Name: 'out' } } } };
      const importer = { Resources: { It: bucket({ Tags: { 'Fn::ImportValue': 'out' } }) } };
      const [, stack] = resolveTolerantly([assembled(exporter), assembled(importer)]);
      expect(stack?.resources[0]?.unresolved).toEqual([
        'It.Properties.Tags: the export "out" has a value that a function answers',
      ]);
    });
  });

  describe('whose condition', () => {
    const conditional = (parameter: object) =>
      resolveTolerantly([
        assembled({
          Parameters: { Stage: { Type: 'String', ...parameter } },
          Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
          Resources: { It: { ...bucket(), Condition: 'IsProd' } },
        }),
      ]).flatMap(({ resources }) => resources.map(({ unresolved }) => unresolved));

    test('only a deployment knows are there, unresolved', () => {
      expect(conditional({})).toEqual([['IsProd.0: the parameter "Stage" (String) has no value before deployment']]);
    });

    test('is decided by its known part are there, resolved, or are not', () => {
      const decidedBy = (isProd: boolean) =>
        resolveTolerantly([
          assembled({
            Parameters: { Stage: { Type: 'String' } },
            Conditions: {
              Known: { 'Fn::Equals': [isProd, true] },
              Unknown: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
              Both: { 'Fn::And': [{ Condition: 'Known' }, { Condition: 'Unknown' }] },
              Either: { 'Fn::Or': [{ Condition: 'Known' }, { Condition: 'Unknown' }] },
            },
            Resources: { Both: { ...bucket(), Condition: 'Both' }, Either: { ...bucket(), Condition: 'Either' } },
          }),
        ]).flatMap(({ resources }) => resources.map(({ logicalId, unresolved }) => [logicalId, unresolved.length]));
      expect(decidedBy(true)).toEqual([
        ['Both', 1],
        ['Either', 0],
      ]);
      expect(decidedBy(false)).toEqual([['Either', 1]]);
    });

    test.each([
      ['holds are there', 'prod', [[]]],
      ['does not hold are not', 'dev', []],
    ])('%s', (_, Default, expected) => {
      expect(conditional({ Default })).toEqual(expected);
    });
  });

  test('list what of them is unresolved, each its own', () => {
    const [good, bad] = resolved({
      Good: bucket({ BucketName: 'good' }),
      Bad: bucket({ Tags: { Ref: 'Nothing' } }),
    });
    expect(good?.unresolved).toEqual([]);
    expect(bad?.unresolved).toEqual(['Bad.Properties.Tags: cannot resolve Ref "Nothing"']);
  });
});
