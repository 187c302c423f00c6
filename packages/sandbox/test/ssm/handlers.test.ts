import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  DeleteParametersCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  RemoveTagsFromResourceCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { allow, lambda, type LiteralStack, type Resources, role } from '../../src/testing/literals.ts';
import { account } from '../cloudformation/refusals.ts';
import { handled, refusal } from '../handling.ts';
import { clientOf, credentialsAs } from '../sts/callers.ts';

const parameter = (Name: string, properties: JsonObject = {}) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name, Type: 'String', Value: 'one', ...properties },
});
const stack = (properties: JsonObject = {}, others: Resources = {}, may = allow('ssm:*')): LiteralStack => ({
  account,
  resources: { Caller: role('caller', lambda, may), Mine: parameter('/team/mine', properties), ...others },
});

async function served(...of: Parameters<typeof stack>) {
  const mine = await handled(stack(...of), 'Mine');
  const credentials = credentialsAs(mine.sandbox, `arn:aws:iam::${account}:role/caller`);
  return { ...mine, client: new SSMClient(clientOf(mine.sandbox, credentials)) };
}

const failure = (sent: Promise<unknown>): Promise<string> =>
  sent.then(
    () => 'answered',
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : ''),
  );
const exists =
  'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.';
const Name = '/team/mine';

describe('a parameter', () => {
  test('gets a value and a version by an update', async () => {
    const { client, update, read } = await served();
    await update(stack({ Value: 'two', Description: 'mine', Tags: { a: '1' } }));
    const { Parameter } = await client.send(new GetParameterCommand({ Name }));
    expect(Parameter).toMatchObject({ Value: 'two', Version: 2 });
    expect(read()).toEqual({
      Name,
      Type: 'String',
      Value: 'two',
      DataType: 'text',
      Description: 'mine',
      Tags: { a: '1' },
    });
  });

  test('has a name that is taken once, and free after its deletion', async () => {
    const { create, remove, read } = await served();
    expect(await refusal(create)).toBe(`ParameterAlreadyExists: ${exists}`);
    await remove();
    expect(read()).toBeUndefined();
    expect(await refusal(remove)).toBeUndefined();
    expect(await refusal(create)).toBeUndefined();
  });
});

describe('a client of Parameter Store', () => {
  test('puts a parameter, and overwrites it if it says so', async () => {
    const { client, read } = await served();
    const put = (Value: string, Overwrite?: boolean) =>
      client.send(new PutParameterCommand({ Name, Value, Overwrite }));
    expect(await failure(put('two'))).toBe(`ParameterAlreadyExists: ${exists}`);
    expect((await put('two', true)).Version).toBe(2);
    expect(read()).toMatchObject({ Value: 'two', Type: 'String' });
    const fresh = new PutParameterCommand({
      Name: '/new',
      Value: 'x',
      Type: 'StringList',
      Tags: [{ Key: 'a', Value: '1' }],
    });
    expect((await client.send(fresh)).Version).toBe(1);
    const tagged = { ResourceType: 'Parameter', ResourceId: '/new' } as const;
    expect((await client.send(new ListTagsForResourceCommand(tagged))).TagList).toEqual([{ Key: 'a', Value: '1' }]);
  });

  test.each<[string, JsonObject, string]>([
    [
      'without a type',
      { Name: '/new' },
      'ValidationException: A parameter type is required when you create a parameter.',
    ],
    [
      'with tags that overwrites',
      { Name, Overwrite: true, Tags: [{ Key: 'a', Value: '1' }] },
      'ValidationException: Invalid request: tags and overwrite',
    ],
    [
      'that is a secret',
      { Name: '/new', Type: 'SecureString' },
      'UnknownOperationException: the simulated Systems Manager does not know parameters of type SecureString',
    ],
  ])('puts no parameter %s', async (_, input, expected) => {
    const { client } = await served();
    expect(await failure(client.send(new PutParameterCommand({ Name, Value: 'x', ...input })))).toContain(expected);
  });

  test('gets several parameters, by name, version and ARN', async () => {
    const { client, update } = await served();
    await update(stack({ Value: 'two' }));
    const arn = `arn:aws:ssm:us-east-1:${account}:parameter/team/mine`;
    const Names = [Name, `${Name}:2`, arn, `${Name}:1`, `${Name}:3`, '/none'];
    const { Parameters = [], InvalidParameters } = await client.send(new GetParametersCommand({ Names }));
    expect(Parameters.map(({ Value, Selector }) => [Value, Selector])).toEqual([
      ['two', undefined],
      ['two', ':2'],
      ['two', undefined],
      ['one', ':1'],
    ]);
    expect(InvalidParameters).toEqual([`${Name}:3`, '/none']);
    expect(await failure(client.send(new GetParameterCommand({ Name: `${Name}:3` })))).toBe(
      `ParameterVersionNotFound: Systems Manager could not find version 3 of ${Name}. Verify the version and try again.`,
    );
  });

  test('gets parameters by path, in pages', async () => {
    const others = Object.fromEntries(
      ['/team/a', '/team/b', '/team/deep/c', '/teams/d', '/other'].map((name, at) => [`P${at}`, parameter(name)]),
    );
    const { client } = await served({}, others);
    const names = async (input: { Recursive?: boolean; MaxResults?: number; NextToken?: string }) => {
      const page = await client.send(new GetParametersByPathCommand({ Path: '/team', ...input }));
      return { names: page.Parameters?.map((each) => each.Name), NextToken: page.NextToken };
    };
    expect((await names({})).names).toEqual(['/team/a', '/team/b', Name]);
    const first = await names({ Recursive: true, MaxResults: 3 });
    expect(first.names).toEqual(['/team/a', '/team/b', '/team/deep/c']);
    const { NextToken } = first;
    expect(await names({ Recursive: true, MaxResults: 3, NextToken })).toEqual({ names: [Name], NextToken: undefined });
    expect(await failure(names({ NextToken: 'foreign' }))).toMatch(/^InvalidNextToken/);
  });

  test('deletes parameters', async () => {
    const { client, read } = await served({}, { Other: parameter('/other') });
    await client.send(new DeleteParameterCommand({ Name }));
    expect(read()).toBeUndefined();
    expect(await failure(client.send(new DeleteParameterCommand({ Name })))).toMatch(/^ParameterNotFound/);
    const deleted = await client.send(new DeleteParametersCommand({ Names: [Name, '/other'] }));
    expect(deleted).toMatchObject({ DeletedParameters: ['/other'], InvalidParameters: [Name] });
  });

  test('changes tags, which is no new version', async () => {
    const { client, read } = await served({ Tags: { a: '1', b: '2' } });
    const of = { ResourceType: 'Parameter', ResourceId: Name } as const;
    await client.send(new AddTagsToResourceCommand({ ...of, Tags: [{ Key: 'c', Value: '3' }] }));
    await client.send(new RemoveTagsFromResourceCommand({ ...of, TagKeys: ['a'] }));
    expect(read()).toMatchObject({ Tags: { b: '2', c: '3' } });
    expect((await client.send(new GetParameterCommand({ Name }))).Parameter?.Version).toBe(1);
  });

  test.each([
    ['ssm:GetParameters', (client: SSMClient) => client.send(new GetParametersCommand({ Names: [Name] }))],
    ['ssm:GetParametersByPath', (client: SSMClient) => client.send(new GetParametersByPathCommand({ Path: Name }))],
    [
      'ssm:PutParameter',
      (client: SSMClient) => client.send(new PutParameterCommand({ Name, Value: 'x', Overwrite: true })),
    ],
    ['ssm:DeleteParameter', (client: SSMClient) => client.send(new DeleteParameterCommand({ Name }))],
  ])('needs %s for it', async (action, ask) => {
    const outcome = async (may: string) =>
      failure(ask((await served({}, {}, allow(may, `arn:aws:ssm:*:*:parameter${Name}`))).client));
    expect(await outcome('ssm:GetParameter')).toContain(`AccessDeniedException: User:`);
    expect(await outcome(action)).toBe('answered');
  });
});
