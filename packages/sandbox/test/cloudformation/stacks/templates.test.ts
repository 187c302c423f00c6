import {
  type CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import type { TemplateResource } from '@crosswind/assembly/template';
import type { Json, JsonObject } from '@crosswind/aws/json';
import type { Sandbox } from '../../../src/sandbox.ts';
import { allow, arnOf, lambda, lambdaFunction, logGroup, role } from '../../../src/testing/literals.ts';
import { account, cloudFormation, created, deleted, eventsOf, region, templateOf, updated } from './client.ts';

const parameter = (Value: Json, Name = '/copy'): TemplateResource => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name, Type: 'String', Value },
});

const valueIn = (sandbox: Sandbox, name = 'copy'): string | undefined =>
  sandbox.parameters.get(`arn:aws:ssm:${region}:${account}:parameter/${name}`);

const logs = { Logs: logGroup('winds') };

describe('a rule', () => {
  const unit = { Unit: { Type: 'String', Default: 'knots' }, Units: { Type: 'CommaDelimitedList', Default: 'a, b' } };
  const create = (client: CloudFormationClient, Rules: JsonObject) =>
    client.send(
      new CreateStackCommand({
        StackName: 'letters',
        TemplateBody: templateOf(logs, { Parameters: unit, Rules }),
      }),
    );
  const rule = (Assert: Json, more: JsonObject = {}): JsonObject => ({
    Known: { ...more, Assertions: [{ Assert, AssertDescription: 'unit is not known' }] },
  });
  const isMph = { 'Fn::Equals': [{ Ref: 'Unit' }, 'mph'] };
  const isKnots = { 'Fn::Equals': [{ Ref: 'Unit' }, 'knots'] };

  test.each<readonly [string, Json, boolean]>([
    ['Equals', isKnots, true],
    ['Equals', isMph, false],
    ['Not', { 'Fn::Not': [isMph] }, true],
    ['And', { 'Fn::And': [isKnots, isMph] }, false],
    ['Or', { 'Fn::Or': [isKnots, isMph] }, true],
    ['Contains', { 'Fn::Contains': [['mph', 'knots'], { Ref: 'Unit' }] }, true],
    ['Contains', { 'Fn::Contains': [['mph'], { Ref: 'Unit' }] }, false],
    ['EachMemberIn', { 'Fn::EachMemberIn': [{ Ref: 'Units' }, ['a', 'b', 'c']] }, true],
    ['EachMemberIn', { 'Fn::EachMemberIn': [{ Ref: 'Units' }, ['a']] }, false],
    ['EachMemberEquals', { 'Fn::EachMemberEquals': [['a', 'a'], 'a'] }, true],
    ['a pseudo parameter', { 'Fn::Equals': [{ Ref: 'AWS::Region' }, region] }, true],
  ])('of %s %j holds: %s', async (_, assertion, holds) => {
    const { client } = await cloudFormation();
    const answer = create(client, rule(assertion));
    if (holds) await expect(answer).resolves.toHaveProperty('StackId');
    else
      await expect(answer).rejects.toMatchObject({
        name: 'ValidationError',
        message: 'Template error: rule Known failed: unit is not known',
      });
  });

  test.each([
    ['counts', isKnots, 'rule Known failed'],
    ['does not count', isMph, undefined],
  ])('with a condition %s if that is %j', async (_, RuleCondition, refusal) => {
    const { client } = await cloudFormation();
    const answer = create(client, rule(isMph, { RuleCondition }));
    if (refusal === undefined) await expect(answer).resolves.toHaveProperty('StackId');
    else await expect(answer).rejects.toThrow(refusal);
  });

  test('of a function that the sandbox does not have is refused by name', async () => {
    const { client } = await cloudFormation();
    await expect(create(client, rule({ 'Fn::ValueOf': ['Unit', 'Attribute'] }))).rejects.toThrow(
      'the sandbox does not evaluate Fn::ValueOf in the rule Known',
    );
  });
});

describe('a dynamic reference', () => {
  const put = (sandbox: Sandbox, value: string): number =>
    sandbox.parameters.put(`arn:aws:ssm:${region}:${account}:parameter/unit`, {
      name: '/unit',
      value,
      type: 'String',
      dataType: 'text',
      tags: {},
      details: {},
    });

  test.each([
    ['{{resolve:ssm:/unit}}', 'mph'],
    ['{{resolve:ssm:/unit:1}}', 'knots'],
    ['in {{resolve:ssm:/unit:2}} or {{resolve:ssm:/unit:1}}', 'in mph or knots'],
  ])('%s has the value of the parameter when the resource is deployed', async (reference, value) => {
    const { client, sandbox } = await cloudFormation();
    put(sandbox, 'knots');
    put(sandbox, 'mph');
    const stack = await created(client, sandbox, templateOf({ Copy: parameter(reference) }));
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    expect(valueIn(sandbox)).toBe(value);
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: 'letters' }));
    const shown = StackEvents.find(({ LogicalResourceId: id }) => id === 'Copy')?.ResourceProperties ?? '{}';
    expect(JSON.parse(shown)).toMatchObject({ Value: reference });
  });

  test('keeps its value until its resource changes', async () => {
    const { client, sandbox } = await cloudFormation();
    put(sandbox, 'knots');
    const template = (more: JsonObject) => {
      const { Type, Properties } = parameter('{{resolve:ssm:/unit}}');
      return templateOf({ Copy: { Type, Properties: { ...Properties, ...more } } });
    };
    await created(client, sandbox, template({}));
    put(sandbox, 'mph');
    await expect(updated(client, sandbox, template({}))).rejects.toThrow('No updates are to be performed.');
    await updated(client, sandbox, template({ Description: 'unit' }));
    expect(valueIn(sandbox)).toBe('mph');
  });

  test.each([
    ['a parameter that is not there', '{{resolve:ssm:/none}}', 'Parameters: [ssm:/none] cannot be found.'],
    ['a version that is not there', '{{resolve:ssm:/unit:7}}', 'Parameters: [ssm:/unit:7] cannot be found.'],
  ])('to %s fails its resource', async (_, reference, reason) => {
    const { client, sandbox } = await cloudFormation();
    put(sandbox, 'knots');
    const stack = await created(client, sandbox, templateOf({ Copy: parameter(reference) }), { DisableRollback: true });
    expect(stack.StackStatus).toBe('CREATE_FAILED');
    const { StackResourceDetail: detail } = await client.send(
      new DescribeStackResourceCommand({ StackName: 'letters', LogicalResourceId: 'Copy' }),
    );
    expect(detail?.ResourceStatusReason).toBe(reason);
  });

  test('is read as the one who deploys', async () => {
    const { client, sandbox } = await cloudFormation([allow(['cloudformation:*', 'ssm:PutParameter'])]);
    put(sandbox, 'knots');
    const more = { DisableRollback: true };
    await created(client, sandbox, templateOf({ Copy: parameter('{{resolve:ssm:/unit}}') }), more);
    const kept = sandbox.cloudFormation.stacks.find({ account, region }, 'letters')?.resources.get('Copy');
    expect(kept?.reason).toContain('is not authorized to perform: ssm:GetParameters');
  });

  test.each([
    ['{{resolve:ssm:/unit:}}', 'Incorrect format is used in the following SSM reference: [{{resolve:ssm:/unit:}}]'],
    [
      '{{resolve:ssm-secure:/unit:1}}',
      'SSM Secure reference is not supported in: [AWS::SSM::Parameter/Properties/Value]',
    ],
  ])('%s is refused before anything begins', async (reference, message) => {
    const { client } = await cloudFormation();
    const TemplateBody = templateOf({ Copy: parameter(reference) });
    await expect(client.send(new CreateStackCommand({ StackName: 'letters', TemplateBody }))).rejects.toMatchObject({
      name: 'ValidationError',
      message,
    });
  });

  test('to a secret makes its resource opaque', async () => {
    const { client, sandbox } = await cloudFormation();
    const reference = '{{resolve:secretsmanager:winds:SecretString:unit}}';
    const stack = await created(client, sandbox, templateOf({ Copy: parameter(reference) }));
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    expect(sandbox.opaque.map(({ why }) => why)).toEqual([
      `Copy.Properties: the sandbox has no value for ${reference}`,
    ]);
  });
});

describe('a template', () => {
  const find = (...more: readonly Json[]) => ({ 'Fn::FindInMap': ['Units', 'wind', 'unit', ...more] });
  test.each<readonly [string, Json, string]>([
    ['Fn::Length', { 'Fn::Length': [1] }, 'Template error: Encountered unsupported function: Fn::Length Supported'],
    ['Fn::ToJsonString', { 'Fn::ToJsonString': {} }, 'Encountered unsupported function: Fn::ToJsonString'],
    ['Fn::Transform', { 'Fn::Transform': { Name: 'AWS::Include' } }, 'the sandbox runs no transforms, got'],
    ['a default of Fn::FindInMap', find({ DefaultValue: 'x' }), 'every Fn::FindInMap object requires three parameters'],
  ])('with %s is refused by name', async (_, value, message) => {
    const { client } = await cloudFormation();
    const TemplateBody = templateOf({ Copy: parameter(value) }, { Mappings: { Units: { wind: { unit: 'knots' } } } });
    await expect(client.send(new ValidateTemplateCommand({ TemplateBody }))).rejects.toThrow(message);
  });

  test.each<readonly [string, string]>([
    ['a transform', JSON.stringify({ Transform: 'AWS::LanguageExtensions', Resources: logs })],
    ['Fn::ForEach', JSON.stringify({ Transform: 'AWS::LanguageExtensions', Resources: { 'Fn::ForEach::Each': [] } })],
  ])('with %s is refused by name', async (_, TemplateBody) => {
    const { client } = await cloudFormation();
    await expect(client.send(new ValidateTemplateCommand({ TemplateBody }))).rejects.toThrow(
      'the sandbox runs no transforms, got "AWS::LanguageExtensions"',
    );
  });

  const noValue = { Ref: 'AWS::NoValue' };
  test.each<readonly [string, Json, string]>([
    ['in a list', { 'Fn::Join': ['-', ['a', noValue, 'b']] }, 'a-b'],
    ['in a text', { 'Fn::Sub': 'a${AWS::NoValue}b' }, 'ab'],
    ['in a branch', { 'Fn::Join': ['-', [{ 'Fn::If': ['Never', 'x', noValue] }, 'b']] }, 'b'],
    ['Fn::GetAZs', { 'Fn::Join': [',', { 'Fn::GetAZs': '' }] }, 'us-east-1a,us-east-1b,us-east-1c'],
    ['Fn::GetAZs of a region', { 'Fn::Select': [0, { 'Fn::GetAZs': 'eu-west-1' }] }, 'eu-west-1a'],
    ['Fn::FindInMap', find(), 'knots'],
  ])('resolves AWS::NoValue or %s', async (_, value, expected) => {
    const { client, sandbox } = await cloudFormation();
    const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
    const more = { Conditions, Mappings: { Units: { wind: { unit: 'knots' } } } };
    const stack = await created(client, sandbox, templateOf({ Copy: parameter(value) }, more));
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    expect(valueIn(sandbox)).toBe(expected);
  });

  test('leaves out a property without a value', async () => {
    const { client, sandbox } = await cloudFormation();
    const Logs = { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'winds', RetentionInDays: noValue } };
    await created(client, sandbox, templateOf({ Logs }));
    const kept = sandbox.cloudFormation.stacks.find({ account, region }, 'letters')?.resources.get('Logs');
    expect(kept?.deployed?.properties).toEqual({ LogGroupName: 'winds' });
  });
});

test('a condition takes resources and outputs away in an update, and brings them back', async () => {
  const { client, sandbox } = await cloudFormation();
  const template = templateOf(
    { ...logs, Extra: { ...logGroup('extra'), Condition: 'Wide' } },
    {
      Parameters: { Width: { Type: 'String', Default: 'wide' } },
      Conditions: { Wide: { 'Fn::Equals': [{ Ref: 'Width' }, 'wide'] } },
      Outputs: { Extra: { Condition: 'Wide', Value: { Ref: 'Extra' } } },
    },
  );
  const width = (ParameterValue: string) => ({ Parameters: [{ ParameterKey: 'Width', ParameterValue }] });
  const wide = await created(client, sandbox, template);
  expect(wide.Outputs).toEqual([{ OutputKey: 'Extra', OutputValue: 'extra' }]);
  const narrow = await updated(client, sandbox, template, width('narrow'));
  expect(narrow.Outputs).toEqual([]);
  expect((await eventsOf(client, narrow)).slice(-3)).toEqual([
    'Extra DELETE_IN_PROGRESS',
    'Extra DELETE_COMPLETE',
    'letters UPDATE_COMPLETE',
  ]);
  expect((await updated(client, sandbox, template, width('wide'))).Outputs).toHaveLength(1);
});

describe('attributes that a function answers', () => {
  const code = (NoEcho: boolean) => `exports.handler = async (event) => {
    const answer = { Status: 'SUCCESS', PhysicalResourceId: 'one', NoEcho: ${NoEcho}, Data: { Secret: 'storm' } };
    await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(answer) });
  };`;
  const template = (NoEcho: boolean) =>
    templateOf(
      {
        FunctionRole: role('function', lambda),
        Provider: lambdaFunction('provider', '', { Code: { ZipFile: code(NoEcho) } }),
        Asked: { Type: 'Custom::Asked', Properties: { ServiceToken: arnOf('Provider') } },
        Copy: parameter({ 'Fn::Sub': '${Asked.Secret} of ${Asked}' }),
      },
      { Outputs: { Secret: { Value: { 'Fn::GetAtt': ['Asked', 'Secret'] } } } },
    );

  test.each([
    [true, '**** of one'],
    [false, 'storm of one'],
  ])('with NoEcho %s are shown as %s, but in outputs', async (noEcho, shown) => {
    const { client, sandbox } = await cloudFormation();
    const stack = await created(client, sandbox, template(noEcho));
    expect(valueIn(sandbox)).toBe('storm of one');
    expect(stack.Outputs?.[0]?.OutputValue).toBe('storm');
    await deleted(client, sandbox, stack.StackId);
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: stack.StackId }));
    const values = StackEvents.filter(({ LogicalResourceId: id }) => id === 'Copy').map(
      ({ ResourceProperties: text = '{}' }) => (JSON.parse(text) as { readonly Value: string }).Value,
    );
    expect(new Set(values)).toEqual(new Set([shown]));
  });
});
