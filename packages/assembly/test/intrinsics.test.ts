import { describe, expect, test } from 'vitest';
import type { Json } from '@crosswind/aws/json';
import type { Template } from '../src/template.ts';
import { assembled, bucket, resourceOf } from '../src/testing/assembled.ts';
import { resolvePartly, resolveStacks } from '../src/resolve.ts';

/** A template in which every kind of reference has something to refer to. */
const template: Partial<Template> = {
  Parameters: { Size: { Type: 'String', Default: 'large' }, List: { Type: 'CommaDelimitedList', Default: ['a', 'b'] } },
  Conditions: {
    Yes: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
    No: { 'Fn::Not': [{ Condition: 'Yes' }] },
    Both: { 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] },
    Either: { 'Fn::Or': [{ Condition: 'Yes' }, { Condition: 'No' }] },
  },
  Mappings: { Sizes: { 'eu-west-1': { large: 7, zones: ['x', 'y'] } } },
  Resources: {
    Named: bucket({ BucketName: 'named' }),
    Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: { StateMachineName: 'machine', Definition: {} } },
  },
};

/** Value that CloudFormation would put in the place of `value`. */
const evaluated = (value: Json): Json | undefined =>
  resourceOf({ ...template, Resources: { ...template.Resources, It: bucket({ Tags: value }) } }, 'It').properties[
    'Tags'
  ];

const machine = 'arn:aws:states:eu-west-1:111111111111:stateMachine:machine';

describe('an intrinsic function is replaced:', () => {
  test.each<[string, Json, Json]>([
    ['Ref of a bucket, by its name', { Ref: 'Named' }, 'named'],
    ['Ref of a state machine, by its ARN', { Ref: 'Machine' }, machine],
    ['Ref of a parameter, by its default', { Ref: 'Size' }, 'large'],
    ['Ref of a list parameter', { Ref: 'List' }, ['a', 'b']],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Named', 'Arn'] }, 'arn:aws:s3:::named'],
    ['GetAtt as text', { 'Fn::GetAtt': 'Named.RegionalDomainName' }, 'named.s3.eu-west-1.amazonaws.com'],
    ['GetAtt of a state machine', { 'Fn::GetAtt': ['Machine', 'Name'] }, 'machine'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Named' }, 'b']] }, 'a-named-b'],
    ['Join without a delimiter', { 'Fn::Join': ['', ['a', 1, true]] }, 'a1true'],
    ['Split', { 'Fn::Split': [':', 'a:b:c'] }, ['a', 'b', 'c']],
    ['Select', { 'Fn::Select': [1, ['a', 'b']] }, 'b'],
    ['Select by text', { 'Fn::Select': ['0', ['a', 'b']] }, 'a'],
    ['Select out of a Split', { 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: 'Machine' }] }] }, 'machine'],
    ['Sub', { 'Fn::Sub': '${Named}/${Machine.Name}' }, 'named/machine'],
    ['Sub of a pseudo parameter', { 'Fn::Sub': 'arn:${AWS::Partition}:${AWS::Region}' }, 'arn:aws:eu-west-1'],
    ['Sub with variables', { 'Fn::Sub': ['${A}-${Named}', { A: { 'Fn::Join': ['', ['x', 'y']] } }] }, 'xy-named'],
    ['Sub with a variable that hides a resource', { 'Fn::Sub': ['${Named}', { Named: 'other' }] }, 'other'],
    ['Sub that leaves what is escaped', { 'Fn::Sub': '${!Named} ${Size}' }, '${Named} large'],
    ['If that holds', { 'Fn::If': ['Yes', 'a', 'b'] }, 'a'],
    ['If that does not hold', { 'Fn::If': ['No', 'a', { Ref: 'Named' }] }, 'named'],
    ['If over an And', { 'Fn::If': ['Both', 'a', 'b'] }, 'b'],
    ['If over an Or', { 'Fn::If': ['Either', 'a', 'b'] }, 'a'],
    ['FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, { Ref: 'Size' }] }, 7],
    ['FindInMap of a list', { 'Fn::FindInMap': ['Sizes', 'eu-west-1', 'zones'] }, ['x', 'y']],
    ['Base64', { 'Fn::Base64': { Ref: 'Named' } }, 'bmFtZWQ='],
    ['deep inside of lists and objects', [{ a: [{ Ref: 'Named' }] }], [{ a: ['named'] }]],
  ])('%s', (_, value, expected) => {
    expect(evaluated(value)).toEqual(expected);
  });

  test.each<[string, string]>([
    ['AWS::AccountId', '111111111111'],
    ['AWS::Region', 'eu-west-1'],
    ['AWS::Partition', 'aws'],
    ['AWS::StackName', 'one'],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['AWS::StackId', 'arn:aws:cloudformation:eu-west-1:111111111111:stack/one/simulated'],
  ])('the pseudo parameter %s', (name, value) => {
    expect(evaluated({ Ref: name })).toBe(value);
  });

  test('the partition and the suffix of China', () => {
    const china = { region: 'cn-north-1' };
    const it = { It: bucket({ Tags: [{ Ref: 'AWS::Partition' }, { Ref: 'AWS::URLSuffix' }] }) };
    expect(resourceOf({ Resources: it }, 'It', china).properties['Tags']).toEqual(['aws-cn', 'amazonaws.com.cn']);
  });
});

describe('what depends on a value that is not known before deployment is unresolved:', () => {
  const unknown = { Ref: 'Unknown' };
  const isUnknown = { 'Fn::Equals': [unknown, 'a'] };
  const yes = { 'Fn::Equals': ['a', 'a'] };
  const no = { 'Fn::Not': [yes] };
  const resolved = (value: Json, condition: Json = yes) => {
    const Parameters = { Unknown: { Type: 'String' } };
    const Resources = { It: bucket({ Tags: value }) };
    const { stacks } = resolvePartly([assembled({ Parameters, Conditions: { If: condition }, Resources })]);
    return stacks[0]?.resources[0]?.properties['Tags'];
  };

  test.each<[string, Json, Json]>([
    ['If', isUnknown, '<unresolved>'],
    ['If over a Not', { 'Fn::Not': [isUnknown] }, '<unresolved>'],
    ['If over an And', { 'Fn::And': [yes, isUnknown] }, '<unresolved>'],
    ['but not over an And that is false anyway', { 'Fn::And': [no, isUnknown] }, 'b'],
    ['If over an Or', { 'Fn::Or': [no, isUnknown] }, '<unresolved>'],
    ['but not over an Or that is true anyway', { 'Fn::Or': [yes, isUnknown] }, 'a'],
  ])('%s', (_, condition, expected) => {
    expect(resolved({ 'Fn::If': ['If', 'a', 'b'] }, condition)).toBe(expected);
  });

  test.each<[string, Json, Json]>([
    ['Join, in part', { 'Fn::Join': ['', ['a', unknown]] }, 'a<unresolved>'],
    ['Base64', { 'Fn::Base64': unknown }, '<unresolved>'],
  ])('%s', (_, value, expected) => {
    expect(resolved(value)).toBe(expected);
  });
});

describe('AWS::NoValue', () => {
  const none = { Ref: 'AWS::NoValue' };

  test('removes the property that it is the value of', () => {
    expect(evaluated({ a: 1, b: none })).toEqual({ a: 1 });
  });

  test('removes the item of a list that it is', () => {
    expect(evaluated(['a', none, 'b'])).toEqual(['a', 'b']);
  });

  test('removes through If', () => {
    expect(evaluated({ a: { 'Fn::If': ['No', 'x', none] }, b: { 'Fn::If': ['Yes', 'x', none] } })).toEqual({ b: 'x' });
  });
});

describe('what only looks like an intrinsic function stays:', () => {
  test.each<[string, Json]>([
    ['the condition of a policy statement', { Condition: { StringEquals: { a: 'b' } } }],
    ['Ref beside other keys', { Ref: 'Named', Other: 1 }],
    ['numbers, booleans and null', [1, true, null]],
  ])('%s', (_, value) => {
    expect(evaluated(value)).toEqual(value);
  });
});

describe('a resource with a condition', () => {
  const conditional = (Condition: string) =>
    resolveStacks([assembled({ ...template, Resources: { Conditional: { ...bucket(), Condition } } })])[0]?.resources
      .length;

  test('is there if it holds', () => {
    expect(conditional('Yes')).toBe(1);
  });

  test('is not there if it does not', () => {
    expect(conditional('No')).toBe(0);
  });
});

describe('Fn::ImportValue', () => {
  const exporter = {
    Resources: { Named: bucket({ BucketName: 'named' }) },
    Outputs: { Out: { Value: { Ref: 'Named' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:out' } } } },
  };
  const importer = { Resources: { It: bucket({ Tags: { 'Fn::ImportValue': 'one:out' } }) } };
  const imported = (place: { account?: string; region?: string }) => {
    const [, stack] = resolveStacks([
      assembled(exporter),
      assembled(importer, { path: 'App/Two', name: 'two', ...place }),
    ]);
    return stack?.resources[0]?.properties['Tags'];
  };

  test('finds what another stack of the same account and region exports', () => {
    expect(imported({})).toBe('named');
  });

  test.each([[{ account: '222222222222' }], [{ region: 'us-east-1' }]])('does not find it from %j', (place) => {
    expect(() => imported(place)).toThrow('no stack of the same account and region exports "one:out"');
  });

  /** Value that a stack imports as `out` from stacks with these outputs. */
  const importedFrom = (...outputs: readonly Template['Outputs'][]) => {
    const exporters = outputs.map((Outputs, index) => assembled({ ...template, Outputs }, { path: `App/${index}` }));
    const out = assembled(
      { Resources: { It: bucket({ Tags: { 'Fn::ImportValue': 'out' } }) } },
      { path: 'App/Importer' },
    );
    return resolveStacks([...exporters, out]).at(-1)?.resources[0]?.properties['Tags'];
  };
  const out = (Value: Json, Name: Json = 'out') => ({ Out: { Value, Export: { Name } } });

  test('finds a value that is an import itself', () => {
    expect(importedFrom(out({ 'Fn::ImportValue': 'first' }), out({ Ref: 'Named' }, 'first'))).toBe('named');
  });

  test('finds an export beside one whose name is an import', () => {
    const named = out('other', { 'Fn::ImportValue': 'name' });
    expect(importedFrom(named, out('a', 'name'), out('b'))).toBe('b');
  });

  test('does not look into exports that nobody imports', () => {
    expect(importedFrom(out({ Ref: 'Nothing' }, 'other'), out('a'))).toBe('a');
  });

  test('does not find an export whose condition does not hold', () => {
    const conditional = (Condition: string) => ({ Out: { Value: Condition, Export: { Name: 'out' }, Condition } });
    expect(importedFrom(conditional('No'), conditional('Yes'))).toBe('Yes');
  });
});
