import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '@crosswind/aws/json';
import type { TemplateResource } from '@crosswind/assembly/template';
import {
  type Resources,
  allow,
  arnOf,
  bucket,
  bucketPolicy,
  key,
  lambda,
  lambdaFunction,
  logGroup,
  policy,
  role,
  sandboxWith,
  stateMachine,
  states,
  trusting,
} from '../../src/testing/literals.ts';
import { account, other, refusalOf, withProperties, answer, pass } from './refusals.ts';

const queue = (name: string): TemplateResource => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName: name } });
const activity = (name: string): TemplateResource => ({
  Type: 'AWS::StepFunctions::Activity',
  Properties: { Name: name },
});
const queuePolicy = (of: Json, statement: JsonObject): TemplateResource => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: { Queues: [of], PolicyDocument: { Version: '2012-10-17', Statement: [statement] } },
});

describe('a name that is taken', () => {
  const functionRole = { FunctionRole: role('function', lambda) };
  const machineRole = { MachineRole: role('machine-role', states) };

  test.each<[string, () => Resources, () => Resources, string]>([
    [
      'of a role',
      () => ({ One: role('mine', states) }),
      () => ({ Two: role('mine', states) }),
      `Two (AWS::IAM::Role) in account ${account}: EntityAlreadyExists: Role with name mine already exists.`,
    ],
    [
      'of a function',
      () => ({ ...functionRole, One: lambdaFunction('mine', answer) }),
      () => ({
        Role: role('function-2', lambda),
        Two: lambdaFunction('mine', answer, { Role: arnOf('Role') }),
      }),
      `Two (AWS::Lambda::Function) in account ${account}: ResourceConflictException: Function mine already exists.`,
    ],
    [
      'of a log group',
      () => ({ One: logGroup('mine') }),
      () => ({ Two: logGroup('mine') }),
      `Two (AWS::Logs::LogGroup) in account ${account}: ResourceAlreadyExistsException: The specified log group mine already exists.`,
    ],
    [
      'of an activity',
      () => ({ One: activity('mine') }),
      () => ({ Two: activity('mine') }),
      `Two (AWS::StepFunctions::Activity) in account ${account}: ActivityAlreadyExists: Activity mine already exists.`,
    ],
    [
      'of a state machine',
      () => ({ ...machineRole, One: stateMachine('mine', pass) }),
      () => ({ Role: role('machine-role-2', states), Two: stateMachine('mine', pass, { RoleArn: arnOf('Role') }) }),
      `Two (AWS::StepFunctions::StateMachine) in account ${account}: StateMachineAlreadyExists: State Machine Already Exists: 'arn:aws:states:us-east-1:${account}:stateMachine:mine'`,
    ],
    [
      'of a queue',
      () => ({ One: queue('mine') }),
      () => ({ Two: queue('mine') }),
      `Two (AWS::SQS::Queue) in account ${account}: QueueAlreadyExists: A queue named mine already exists.`,
    ],
  ])('%s is refused in the same account, and free in another', async (_, first, second, expected) => {
    expect(await refusalOf(second(), { account, resources: first() })).toBe(expected);
    expect(await refusalOf(second(), { account: other, resources: first() })).toBeUndefined();
  });

  test('of a bucket is refused in every account', async () => {
    const resources = { Two: bucket('mine') };
    const place = `Two (AWS::S3::Bucket) in account ${account}`;
    expect(await refusalOf(resources, { account, resources: { One: bucket('mine') } })).toBe(
      `${place}: BucketAlreadyOwnedByYou: The bucket mine exists already and you own it.`,
    );
    expect(await refusalOf(resources, { account: other, resources: { One: bucket('mine') } })).toBe(
      `${place}: BucketAlreadyExists: The bucket name mine is taken.`,
    );
    expect(await refusalOf(resources, { account: other, resources: { One: bucket('other') } })).toBeUndefined();
  });
});

describe('a trust policy', () => {
  const trustingOther = { Mine: role('mine', trusting({ AWS: [`arn:aws:iam::${other}:role/theirs`] })) };

  test('may not name a role that does not exist yet', async () => {
    expect(await refusalOf(trustingOther)).toBe(
      `Mine (AWS::IAM::Role) in account ${account}: MalformedPolicyDocument: Invalid principal in policy: "AWS":"arn:aws:iam::${other}:role/theirs"`,
    );
  });

  test('may name it once it exists', async () => {
    const theirs = { account: other, resources: { Theirs: role('theirs', states) } };
    expect(await refusalOf(trustingOther, theirs)).toBeUndefined();
  });

  test('may name an account whatever is in it, and a role of it in a condition', async () => {
    const condition = { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${other}:role/theirs` } };
    const mine = role('mine', trusting({ AWS: `arn:aws:iam::${other}:root` }, condition));
    expect(await refusalOf({ Mine: mine })).toBeUndefined();
  });
});

describe('a policy that the evaluation does not understand in full is refused', () => {
  const wrong = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Colour: 'blue' };

  test.each<[string, Resources, string]>([
    [
      'in a role',
      { Mine: role('mine', states, wrong) },
      `Mine (AWS::IAM::Role) in account ${account}: MalformedPolicyDocument: policy own of role mine is not a valid policy`,
    ],
    [
      'attached to a role',
      { Mine: role('mine', states), Attached: { ...policy(['mine'], wrong), DependsOn: 'Mine' } },
      `Attached (AWS::IAM::Policy) in account ${account}: MalformedPolicyDocument: policy attached of role mine is not a valid policy`,
    ],
    [
      'as trust of a role',
      { Mine: role('mine', trusting({ CanonicalUser: '79a59df900b949e5' })) },
      `Mine (AWS::IAM::Role) in account ${account}: NotSupported: statement 1 of trust policy of mine: principal kind "CanonicalUser" is not supported`,
    ],
    [
      'on a bucket',
      { Mine: bucket('mine'), OnBucket: bucketPolicy('mine', { ...wrong, Principal: '*' }) },
      `OnBucket (AWS::S3::BucketPolicy) in account ${account}: MalformedPolicy: bucket policy of mine is not a valid policy`,
    ],
    [
      'on a queue',
      { Mine: queue('mine'), OnQueue: queuePolicy({ Ref: 'Mine' }, { ...wrong, Principal: '*' }) },
      `OnQueue (AWS::SQS::QueuePolicy) in account ${account}: InvalidAttributeValue: queue policy OnQueue is not a valid policy`,
    ],
    [
      'on a key',
      { Key: withProperties(key(account), { KeyPolicy: { Version: '2012-10-17', Statement: [wrong] } }) },
      `Key (AWS::KMS::Key) in account ${account}: MalformedPolicyDocumentException: key policy of `,
    ],
  ])('%s', async (_, resources, expected) => {
    expect(await refusalOf(resources)).toContain(expected);
  });
});

test.each([
  ['us-east-1', `arn:aws:sqs:us-east-1:${account}:mine`],
  ['cn-north-1', `arn:aws-cn:sqs:cn-north-1:${account}:mine`],
])('the policy of a queue in %s speaks for %s', async (region, arn) => {
  const statement = { ...allow('sqs:SendMessage'), Principal: { AWS: other } };
  const resources = { Mine: queue('mine'), OnMine: queuePolicy({ Ref: 'Mine' }, statement) };
  const cloud = await sandboxWith([{ account, region, resources }]);
  expect([...cloud.queues]).toEqual([arn]);
  expect(cloud.identities.resourcePolicy(arn)?.name).toBe('queue policy OnMine');
});

describe('a role', () => {
  test.each<[string, JsonObject, string]>([
    [
      'a managed policy',
      { ManagedPolicyArns: ['arn:aws:iam::aws:policy/NewerReadOnlyAccess'] },
      'the sandbox does not know the statements of the managed policy arn:aws:iam::aws:policy/NewerReadOnlyAccess',
    ],
    [
      'a permissions boundary',
      { PermissionsBoundary: `arn:aws:iam::${account}:policy/limits` },
      `the sandbox does not know the statements of the permissions boundary arn:aws:iam::${account}:policy/limits`,
    ],
  ])('with %s is refused by its name', async (_, properties, expected) => {
    expect(await refusalOf({ Mine: withProperties(role('mine', states), properties) })).toBe(
      `Mine (AWS::IAM::Role) in account ${account}: NotSupported: ${expected}`,
    );
    expect(await refusalOf({ Mine: role('mine', states) })).toBeUndefined();
  });

  test('must be there for a policy that is attached to it', async () => {
    const attached = { Attached: policy(['mine'], allow('s3:GetObject')) };
    const expected = `Attached (AWS::IAM::Policy) in account ${account}: NoSuchEntity: The role with name mine cannot be found.`;
    const theirs = { Mine: role('mine', states) };
    expect(await refusalOf(attached)).toBe(expected);
    expect(await refusalOf(attached, { account: other, resources: theirs })).toBe(expected);
    expect(await refusalOf(attached, { account, resources: theirs })).toBeUndefined();
  });
});

describe('a function', () => {
  const deployed = (trust: JsonObject, properties: JsonObject = {}): Resources => ({
    FunctionRole: role('function', trust),
    Tried: lambdaFunction('tried', answer, properties),
  });
  const place = `Tried (AWS::Lambda::Function) in account ${account}`;

  test('needs a role that Lambda can assume', async () => {
    expect(await refusalOf(deployed(states))).toBe(
      `${place}: InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda (service lambda.amazonaws.com lacks sts:AssumeRole on arn:aws:iam::${account}:role/function of account ${account}: statement 1 of trust policy of function names states.amazonaws.com, not service lambda.amazonaws.com)`,
    );
    expect(await refusalOf(deployed(lambda))).toBeUndefined();
  });

  test('is known to its role by account and ARN', async () => {
    const sourceArn = (name: string): JsonObject =>
      trusting(
        { Service: 'lambda.amazonaws.com' },
        {
          StringEquals: { 'aws:SourceAccount': account },
          ArnEquals: { 'aws:SourceArn': `arn:aws:lambda:us-east-1:${account}:function:${name}` },
        },
      );
    expect(await refusalOf(deployed(sourceArn('tried')))).toBeUndefined();
    expect(await refusalOf(deployed(sourceArn('another')))).toMatch(/InvalidParameterValueException/);
  });

  test('of another runtime is refused by its name', async () => {
    expect(await refusalOf(deployed(lambda, { Runtime: 'python3.14' }))).toBe(
      `${place}: NotSupported: the sandbox runs Node.js only, not the runtime python3.14`,
    );
  });
});
