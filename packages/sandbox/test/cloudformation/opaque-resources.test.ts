import type { TemplateResource } from '@crosswind/assembly/template';
import type { JsonObject } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import { opaqueLine } from '../../src/cloudformation/opaque-resources.ts';
import type { Sandbox } from '../../src/sandbox.ts';
import {
  allow,
  arnOf,
  bucket,
  bucketPolicy,
  execute,
  lambda,
  lambdaFunction,
  type LiteralStack,
  type Resources,
  role,
  sandboxWith,
  stacksOf,
  stateMachine,
  states,
} from '../../src/testing/literals.ts';
import { sendSigned } from '../signed-request.ts';

const account = '444444444444';
const table = (properties: JsonObject = {}): TemplateResource => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: { TableName: 'winds', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], ...properties },
});
const tableArn = `arn:aws:dynamodb:us-east-1:${account}:table/winds`;
const named = `AWS can, the sandbox cannot: AWS::DynamoDB::Table Winds in ${account}`;

/** A state machine with one task, and the permissions of its role. */
const calling = (resource: string, args: JsonObject, ...may: readonly JsonObject[]): Resources => ({
  MachineRole: role('machine-role', states, ...may),
  Machine: stateMachine('calling', { Call: { Type: 'Task', Resource: resource, Arguments: args, End: true } }),
});
const machineArn = `arn:aws:states:us-east-1:${account}:stateMachine:calling`;
const put = 'arn:aws:states:::dynamodb:putItem';

const lines = async (...stacks: readonly LiteralStack[]): Promise<readonly string[]> =>
  (await sandboxWith(stacks)).opaque.map(opaqueLine);

describe('what AWS can deploy and the sandbox cannot simulate is named', () => {
  test.each<[string, () => Resources, string]>([
    ['a type', () => ({ Winds: table() }), named],
    [
      'a runtime',
      () => ({ FunctionRole: role('function', lambda), Snake: lambdaFunction('snake', '', { Runtime: 'python3.13' }) }),
      `AWS can, the sandbox cannot: AWS::Lambda::Function Snake in ${account}: the sandbox runs Node.js only, not the runtime python3.13`,
    ],
    [
      'a container image',
      () => ({
        FunctionRole: role('function', lambda),
        Image: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('FunctionRole'), Code: { ImageUri: 'x' } } },
      }),
      `AWS can, the sandbox cannot: AWS::Lambda::Function Image in ${account}: the sandbox runs Node.js only, not the runtime of a container image`,
    ],
    [
      'an integration',
      () => calling(put, { TableName: 'winds' }),
      `AWS can, the sandbox cannot: AWS::StepFunctions::StateMachine Machine in ${account}: state "Call": the sandbox does not support the integration ${put}`,
    ],
    [
      'a definition that is not in the assembly',
      () => ({
        MachineRole: role('machine-role', states),
        Machine: {
          Type: 'AWS::StepFunctions::StateMachine',
          Properties: { RoleArn: arnOf('MachineRole'), DefinitionS3Location: { Bucket: 'b', Key: 'k' } },
        },
      }),
      `AWS can, the sandbox cannot: AWS::StepFunctions::StateMachine Machine in ${account}: Machine has a DefinitionS3Location that is no asset of the assembly: {"Bucket":"b","Key":"k"}`,
    ],
    [
      'a definition with a substitution that only a deployment knows',
      () => ({
        MachineRole: role('machine-role', states),
        Machine: stateMachine(
          'it',
          { Done: { Type: 'Pass', End: true } },
          { DefinitionSubstitutions: { zones: { 'Fn::GetAZs': '' } } },
        ),
      }),
      `AWS can, the sandbox cannot: AWS::StepFunctions::StateMachine Machine in ${account}: Machine.Properties.DefinitionSubstitutions.zones: Fn::GetAZs is not supported by the assembly reader`,
    ],
    [
      'a managed policy of AWS',
      () => ({
        Reader: {
          ...role('reader', states),
          Properties: {
            ...role('reader', states).Properties,
            ManagedPolicyArns: ['arn:aws:iam::aws:policy/NewerReadOnlyAccess'],
          },
        },
      }),
      `AWS can, the sandbox cannot: AWS::IAM::Role Reader in ${account}: the sandbox does not know the statements of the managed policy arn:aws:iam::aws:policy/NewerReadOnlyAccess`,
    ],
    [
      'a principal whose account is not known',
      () => {
        const reader = { ...allow('s3:GetObject'), Principal: { CanonicalUser: '79a59df900b949e5' } };
        return { Mine: bucket('mine'), OnMine: bucketPolicy('mine', reader) };
      },
      `AWS can, the sandbox cannot: AWS::S3::BucketPolicy OnMine in ${account}: statement 1 of bucket policy of mine: principal kind "CanonicalUser" is not supported: which account it stands for is not known`,
    ],
    [
      'a value that cannot be known before the deployment',
      () => ({
        Alias: { Type: 'AWS::SSM::Parameter', Properties: { Name: 'a', Type: 'String', Value: { 'Fn::GetAZs': '' } } },
      }),
      `AWS can, the sandbox cannot: AWS::SSM::Parameter Alias in ${account}: Alias.Properties.Value: Fn::GetAZs is not supported by the assembly reader`,
    ],
  ])('%s', async (_, resources, line) => {
    expect(await lines({ account, resources: resources() })).toEqual([line]);
  });

  test('nothing in a stack that the sandbox simulates', async () => {
    expect(await lines({ account, resources: { Mine: { Type: 'AWS::Logs::LogGroup' } } })).toEqual([]);
  });
});

describe('an opaque resource is named once', () => {
  test('when its stack is deployed again', async () => {
    const sandbox = await sandboxWith([{ account, resources: { Winds: table() } }]);
    for (const stack of stacksOf({ account, resources: { Winds: table() } })) await sandbox.deploy(stack);
    expect(sandbox.opaque.map(opaqueLine)).toEqual([named]);
  });

  test('with every reason', async () => {
    const policies = ['arn:aws:iam::aws:policy/A', 'arn:aws:iam::aws:policy/B'];
    const base = role('reader', states);
    const Reader = { ...base, Properties: { ...base.Properties, ManagedPolicyArns: policies } };
    const unknown = 'the sandbox does not know the statements of the managed policy arn:aws:iam::aws:policy';
    expect(await lines({ account, resources: { Reader } })).toEqual([
      `AWS can, the sandbox cannot: AWS::IAM::Role Reader in ${account}: ${unknown}/A; ${unknown}/B`,
    ]);
  });

  test('and those of other stacks, accounts and regions as well', async () => {
    const stack = { account, resources: { Winds: table() } };
    const other = { account, resources: { Winds: table({ TableName: 'other' }) } };
    const named = await lines(stack, other, { ...stack, account: '555555555555' }, { ...stack, region: 'eu-west-1' });
    expect(named).toHaveLength(4);
  });

  test('and not when its deployment is refused', async () => {
    const sandbox = await sandboxWith([]);
    const denied = { ...calling(put, {}), MachineRole: role('machine-role', lambda) };
    const deployed = async (resources: Resources) => {
      for (const stack of stacksOf({ account, resources })) await sandbox.deploy(stack);
    };
    await expect(deployed(denied)).rejects.toThrow('AccessDeniedException');
    expect(sandbox.opaque).toEqual([]);
    await deployed({ MachineRole: role('other-role', states), Machine: calling(put, {})['Machine'] ?? table() });
    expect(sandbox.opaque.map(({ path }) => path)).toEqual(['Machine']);
  });
});

describe('other resources', () => {
  test('refer to an opaque one by name and ARN', async () => {
    const value = { 'Fn::Join': ['|', [{ Ref: 'Winds' }, arnOf('Winds'), { 'Fn::GetAtt': ['Winds', 'StreamArn'] }]] };
    const parameter = { Type: 'AWS::SSM::Parameter', Properties: { Name: 'names', Type: 'String', Value: value } };
    const { parameters } = await sandboxWith([{ account, resources: { Winds: table(), Names: parameter } }]);
    expect(parameters.get(`arn:aws:ssm:us-east-1:${account}:parameter/names`)).toBe(
      ['winds', tableArn, `${tableArn}/stream/2026-01-01T00:00:00.000`].join('|'),
    );
  });
});

describe('a policy that names an opaque resource by its Ref', () => {
  const granting = (type: string): Resources => ({
    It: { Type: type },
    Reader: role('reader', states, allow('*', { Ref: 'It' })),
  });

  test('speaks of its ARN where the Ref of the type is one', async () => {
    const sandbox = await sandboxWith([{ account, resources: granting('AWS::SecretsManager::Secret') }]);
    expect(sandbox.opaque.map(({ path }) => path)).toEqual(['It']);
    const [own] = sandbox.identities.role(`arn:aws:iam::${account}:role/reader`)?.policies ?? [];
    expect(own?.document.Statement).toEqual([allow('*', sandbox.opaque[0]?.arn)]);
  });

  test('is not malformed where that is not known', async () => {
    const line = `AWS can, the sandbox cannot: AWS::IAM::Role Reader in ${account}: Reader.Properties.Policies.0.PolicyDocument.Statement.0.Resource: no ARN is known for Ref of AWS::Foo::Bar It`;
    expect(await lines({ account, resources: granting('AWS::Foo::Bar') })).toContain(line);
  });
});

describe('a task that reaches an opaque resource', () => {
  const outcomeOf = async (...may: readonly JsonObject[]) => {
    const resources = { Winds: table(), ...calling(put, { TableName: 'winds', Item: {} }, ...may) };
    return (await execute(await sandboxWith([{ account, resources }]), machineArn)).outcome;
  };

  test('is denied first, as on AWS', async () => {
    expect(await outcomeOf(allow('dynamodb:GetItem', tableArn))).toMatchObject({
      error: 'Dynamodb.AccessDeniedException',
      cause: expect.stringContaining(`not authorized to perform: dynamodb:PutItem on resource: ${tableArn}`) as string,
    });
  });

  test('fails with an error that names it', async () => {
    expect(await outcomeOf(allow('dynamodb:PutItem', tableArn))).toEqual({
      status: 'FAILED',
      error: 'Sandbox.NotSimulated',
      cause: named,
    });
  });

  const outcomeOfCall = async (resource: string, args: JsonObject, ...may: readonly JsonObject[]) => {
    const resources = { Winds: table(), ...calling(resource, args, ...may) };
    return (await execute(await sandboxWith([{ account, resources }]), machineArn)).outcome;
  };
  const batch = 'arn:aws:states:::aws-sdk:dynamodb:batchWriteItem';
  const query = 'arn:aws:states:::aws-sdk:dynamodb:query';

  test.each<[string, string, JsonObject]>([
    ['by a key', batch, { RequestItems: { winds: [] } }],
    ['by the ARN of an index', query, { TableName: `${tableArn}/index/by-time` }],
    ['before a name in an item', put, { Item: { id: { S: 'others' } }, TableName: 'winds' }],
  ])('is named %s', async (_, resource, args) => {
    const others = table({ TableName: 'others' });
    const resources = { Others: others, Winds: table(), ...calling(resource, args, allow('dynamodb:*')) };
    const { outcome } = await execute(await sandboxWith([{ account, resources }]), machineArn);
    expect(outcome).toMatchObject({ error: 'Sandbox.NotSimulated', cause: named });
  });

  test.each([
    ['of the table', tableArn],
    ['of its indexes', `${tableArn}/index/*`],
    ['of another form', `arn:aws:dynamodb:us-east-1:${account}:global-table/winds`],
  ])('is not denied with a statement %s, since its ARN is assumed', async (_, resource) => {
    const outcome = await outcomeOfCall(query, { TableName: 'winds' }, allow('dynamodb:Query', resource));
    expect(outcome).toMatchObject({ error: 'Sandbox.NotSimulated', cause: named });
  });

  const logStream = 'arn:aws:states:::aws-sdk:cloudwatchlogs:putLogEvents';

  test.each([
    [
      'is not denied for a resource that is not known',
      allow('logs:PutLogEvents', 'arn:aws:logs:*:*:*'),
      'Sandbox.NotSimulated',
    ],
    [
      'is denied where no statement names the action',
      allow('logs:GetLogEvents'),
      'Cloudwatchlogs.AccessDeniedException',
    ],
  ])('%s', async (_, may, error) => {
    expect(await outcomeOfCall(logStream, { LogGroupName: 'winds' }, may)).toMatchObject({ error });
  });

  test('fails with its name where the service has another name in calls than in types', async () => {
    const stream: TemplateResource = {
      Type: 'AWS::KinesisFirehose::DeliveryStream',
      Properties: { DeliveryStreamName: 'gusts' },
    };
    const task = calling('arn:aws:states:::aws-sdk:firehose:putRecord', { DeliveryStreamName: 'gusts' }, allow('*'));
    const { outcome } = await execute(
      await sandboxWith([{ account, resources: { Gusts: stream, ...task } }]),
      machineArn,
    );
    expect(outcome).toMatchObject({
      cause: `AWS can, the sandbox cannot: AWS::KinesisFirehose::DeliveryStream Gusts in ${account}`,
    });
  });

  test('fails with the integration where no resource is named', async () => {
    const resources = calling('arn:aws:states:::aws-sdk:ec2:describeVpcs', {}, allow('ec2:DescribeVpcs'));
    const { outcome } = await execute(await sandboxWith([{ account, resources }]), machineArn);
    expect(outcome).toMatchObject({
      error: 'Sandbox.NotSimulated',
      cause: 'AWS can, the sandbox cannot: the integration arn:aws:states:::aws-sdk:ec2:describeVpcs',
    });
  });

  test('fails with an argument that the sandbox does not read', async () => {
    const invoke = 'arn:aws:states:::lambda:invoke';
    const resources = calling(invoke, { FunctionName: 'f', Qualifier: 'live' }, allow('lambda:InvokeFunction'));
    const { outcome } = await execute(await sandboxWith([{ account, resources }]), machineArn);
    expect(outcome).toMatchObject({
      error: 'Sandbox.NotSimulated',
      cause: `AWS can, the sandbox cannot: Qualifier of ${invoke}`,
    });
  });
});

describe('a request that reaches an opaque resource', () => {
  /** Sends a request as a role that may read items of a resource. */
  const ask = async (
    { endpointUrl, identities, sessions }: Sandbox,
    operation: string,
    resource = tableArn,
  ): Promise<Response> => {
    const arn = `arn:aws:iam::${account}:role/reader`;
    const reader = identities.addRole({ arn, name: 'reader', account, trust: { Statement: [] } });
    const statement = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: resource } as const;
    reader.policies.push({ name: 'read', document: { Version: '2012-10-17', Statement: [statement] } });
    const sessionArn = `arn:aws:sts::${account}:assumed-role/reader/test`;
    const credentials = sessions.credentials({ kind: 'role', roleArn: arn, sessionArn, account });
    const headers = { 'x-amz-target': `DynamoDB_20120810.${operation}`, 'content-type': 'application/x-amz-json-1.0' };
    const body = JSON.stringify({ TableName: 'winds', Key: {} });
    return sendSigned({ method: 'POST', url: `${endpointUrl}/`, headers, body }, { credentials, service: 'dynamodb' });
  };

  test('is answered with its name where the role may reach it', async () => {
    const response = await ask(await sandboxWith([{ account, resources: { Winds: table() } }]), 'GetItem');
    expect([response.status, await response.json()]).toEqual([
      501,
      { __type: 'NotImplemented', message: `${named} (see docs/sandbox-support.md)` },
    ]);
  });

  test('is not denied for a resource whose ARN is assumed', async () => {
    const another = `arn:aws:dynamodb:us-east-1:${account}:global-table/winds`;
    const response = await ask(await sandboxWith([{ account, resources: { Winds: table() } }]), 'GetItem', another);
    expect([response.status, await response.json()]).toMatchObject([501, { __type: 'NotImplemented' }]);
  });

  test('is denied where the role may not', async () => {
    const response = await ask(await sandboxWith([{ account, resources: { Winds: table() } }]), 'PutItem');
    expect(await response.json()).toMatchObject({
      __type: 'AccessDeniedException',
      message: expect.stringContaining(`dynamodb:PutItem on resource: ${tableArn}`) as string,
    });
  });
});

describe('what needs an attribute of an opaque custom resource', () => {
  const value = { 'Fn::GetAtt': ['Asked', 'Value'] };
  const parameter = (properties: JsonObject): TemplateResource => ({
    Type: 'AWS::SSM::Parameter',
    Properties: { Name: '/asked', Type: 'String', Value: 'x', ...properties },
  });
  const asked = (function_: TemplateResource, others: Resources): Resources => ({
    FunctionRole: role('function', lambda),
    Provider: function_,
    Asked: { Type: 'Custom::Asked', Properties: { ServiceToken: arnOf('Provider') } },
    ...others,
  });
  const opaqueFunction = (): TemplateResource => lambdaFunction('provider', '', { Runtime: 'python3.13' });
  const answering = (): TemplateResource =>
    lambdaFunction(
      'provider',
      `export const handler = ({ ResponseURL }) =>
        fetch(ResponseURL, { method: 'PUT', body: '{"Status":"SUCCESS","Data":{"Value":"ready"}}' }).then(() => 1);`,
    );
  const why = 'Fn::GetAtt "Asked.Value" is unknown, because Asked is opaque';

  test.each<[string, Resources, string]>([
    ['in a property', { Names: parameter({ Value: value }) }, 'AWS::SSM::Parameter Names'],
    ['in a text', { Names: parameter({ Value: { 'Fn::Sub': 'a ${Asked.Value}' } }) }, 'AWS::SSM::Parameter Names'],
    ['in its name', { Named: bucket('x', { BucketName: value }) }, 'AWS::S3::Bucket Named'],
  ])('%s is opaque, with that reason', async (_, others, what) => {
    const named = await lines({ account, resources: asked(opaqueFunction(), others) });
    expect(named.slice(1)).toEqual([
      `AWS can, the sandbox cannot: Custom::Asked Asked in ${account}: its function is opaque`,
      `AWS can, the sandbox cannot: ${what} in ${account}: ${why}`,
    ]);
  });

  test('is deployed with it where the function answers, in names and ARNs, too', async () => {
    const others = {
      Named: bucket('x', { BucketName: value }),
      Names: parameter({ Name: value, Value: arnOf('Named') }),
    };
    const sandbox = await sandboxWith([{ account, resources: asked(answering(), others) }]);
    expect(sandbox.opaque).toEqual([]);
    expect(sandbox.storage.bucket('ready')).toBeDefined();
    expect(sandbox.parameters.get(`arn:aws:ssm:us-east-1:${account}:parameter/ready`)).toBe('arn:aws:s3:::ready');
  });
});

describe('a custom resource whose function calls a service that is not simulated', () => {
  test('is opaque, and its failure is not one of the deployment', async () => {
    const code = `export const handler = async ({ ResponseURL }) => {
      const url = process.env.AWS_ENDPOINT_URL;
      const authorization = 'AWS4-HMAC-SHA256 Credential=a/20260102/us-east-1/glue/aws4_request, SignedHeaders=host, Signature=b';
      const { status } = await fetch(url, { method: 'POST', headers: { authorization } });
      await fetch(ResponseURL, { method: 'PUT', body: JSON.stringify({ Status: 'FAILED', Reason: 'got ' + status }) });
    };`;
    const resources = {
      FunctionRole: role('function', lambda),
      Provider: lambdaFunction('provider', code),
      Retention: { Type: 'Custom::LogRetention', Properties: { ServiceToken: arnOf('Provider') } },
    };
    expect(await lines({ account, resources })).toEqual([
      `AWS can, the sandbox cannot: Custom::LogRetention Retention in ${account}: got 501`,
    ]);
  });
});
