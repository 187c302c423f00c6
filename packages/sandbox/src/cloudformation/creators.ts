import { toFunction } from '@crosswind/assembly/functions';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { isObject, type Json, type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { type PolicyDocument, PolicyError, type PolicySource } from '@crosswind/iam/policy-document';
import { type PolicyType, statementsOf } from '@crosswind/iam/statement';
import type { Cloud } from '../cloud.ts';
import type { BucketEncryption } from '../s3/bucket.ts';
import { S3Error } from '../s3/s3-error.ts';
import type { Subscription } from '../sns/topics.ts';
import { createAlarm, createCompositeAlarm } from '../cloudwatch/create-alarm.ts';
import { createSchedule } from '../scheduler/create-schedule.ts';
import { createStateMachine } from '../step-functions/create-state-machine.ts';
import { createDashboard, createLink, createSink } from '../oam/observability-creators.ts';
import { DeploymentRefused } from './refusal.ts';

/** Creates one resource in the cloud, or refuses as AWS would. */
export type Creator = (cloud: Cloud, resource: Resource, stack: Stack) => void;

/** Every resource type that the sandbox deploys; all others are refused by name. */
export const creators: Readonly<Record<string, Creator>> = {
  'AWS::IAM::Role': createRole,
  'AWS::IAM::Policy': attachPolicy,
  'AWS::KMS::Key': ({ identities }, { arn = '', name, properties }) => {
    identities.setResourcePolicy(arn, keyPolicy(name, properties['KeyPolicy']));
  },
  'AWS::Lambda::Function': createFunction,
  'AWS::Logs::LogGroup': ({ logGroups }, { arn = '', name }) => {
    if (logGroups.has(arn)) throw taken('ResourceAlreadyExistsException', 'The specified log group', name);
    logGroups.create(arn);
  },
  'AWS::S3::Bucket': createBucket,
  'AWS::S3::BucketPolicy': ({ identities }, { properties }) => {
    const bucket = textOf(properties['Bucket']);
    identities.setResourcePolicy(`arn:aws:s3:::${bucket}`, bucketPolicy(bucket, properties['PolicyDocument']));
  },
  'AWS::StepFunctions::Activity': ({ activities, simulation }, { arn = '', name }, { account, region }) => {
    if (activities.get(arn)) throw taken('ActivityAlreadyExists', 'Activity', name);
    activities.add({ arn, name, account, region, createdAt: simulation.now() });
  },
  'AWS::StepFunctions::StateMachine': createStateMachine,
  'AWS::SSM::Parameter': ({ parameters }, { arn = '', properties }) => {
    parameters.set(arn, textOf(properties['Value']));
  },
  'AWS::SNS::Topic': ({ identities, topics }, { arn = '', name, properties }, { account }) => {
    identities.setResourcePolicy(arn, defaultTopicPolicy(arn, name, account));
    topics.create(arn, keyArnIn(properties['KmsMasterKeyId']));
    for (const subscription of listOf(properties['Subscription'])) topics.subscribe(arn, subscriptionIn(subscription));
  },
  'AWS::SNS::Subscription': ({ topics }, { properties }) => {
    topics.subscribe(textOf(properties['TopicArn']), subscriptionIn(properties));
  },
  'AWS::SNS::TopicPolicy': ({ identities }, { name, properties }) => {
    const policy = checked('InvalidParameter', `topic policy ${name}`, properties['PolicyDocument'], 'resource');
    for (const topic of listOf(properties['Topics']).map(textOf)) identities.setResourcePolicy(topic, policy);
  },
  'AWS::SQS::Queue': ({ queues }, { arn = '', name }) => {
    if (queues.has(arn)) throw taken('QueueAlreadyExists', 'A queue named', name);
    queues.add(arn);
  },
  'AWS::SQS::QueuePolicy': ({ identities }, { name, properties }, { region }) => {
    const policy = checked('InvalidAttributeValue', `queue policy ${name}`, properties['PolicyDocument'], 'resource');
    for (const url of listOf(properties['Queues']).map(textOf))
      identities.setResourcePolicy(queueArn(url, region), policy);
  },
  'AWS::Scheduler::Schedule': createSchedule,
  'AWS::Oam::Sink': createSink,
  'AWS::Oam::Link': createLink,
  'AWS::CloudWatch::Alarm': createAlarm,
  'AWS::CloudWatch::CompositeAlarm': createCompositeAlarm,
  'AWS::CloudWatch::Dashboard': createDashboard,
};

function createRole({ identities }: Cloud, { arn = '', name, properties }: Resource, { account }: Stack): void {
  if (identities.role(arn)) throw taken('EntityAlreadyExists', 'Role with name', name);
  refuseUnknown(properties);
  const trust = iamPolicy(`trust policy of ${name}`, properties['AssumeRolePolicyDocument'], 'resource').document;
  for (const principal of rolesNamedBy(trust)) {
    if (identities.role(principal)) continue;
    throw new DeploymentRefused('MalformedPolicyDocument', `Invalid principal in policy: "AWS":"${principal}"`);
  }
  const role = identities.addRole({ arn, name, account, trust });
  for (const policy of listOf(properties['Policies']).filter(isObject)) {
    role.policies.push(rolePolicy(name, policy));
  }
}

/** Policies that limit or extend a role, and whose statements are not in its template. */
function refuseUnknown({ ManagedPolicyArns, PermissionsBoundary }: Resource['properties']): void {
  const managed = listOf(ManagedPolicyArns).map((arn) => `the managed policy ${textOf(arn)}`);
  const [unknown] = PermissionsBoundary ? [`the permissions boundary ${textOf(PermissionsBoundary)}`] : managed;
  if (unknown === undefined) return;
  throw new DeploymentRefused('NotSupported', `the sandbox does not know the statements of ${unknown}`);
}

/** Roles that a trust policy names; IAM resolves them when the policy is written, and refuses those it does not find. */
function rolesNamedBy(trust: PolicyDocument): readonly string[] {
  return [trust.Statement]
    .flat()
    .flatMap(({ Principal }) => (typeof Principal === 'object' ? [Principal['AWS'] ?? []].flat() : []))
    .filter((principal) => principal.includes(':role/'));
}

function attachPolicy({ identities }: Cloud, { properties }: Resource, { account }: Stack): void {
  for (const name of listOf(properties['Roles']).map(textOf)) {
    const role = identities.roleNamed(account, name);
    if (!role) throw new DeploymentRefused('NoSuchEntity', `The role with name ${name} cannot be found.`);
    role.policies.push(rolePolicy(name, properties));
  }
}

function createFunction({ functions, sessions }: Cloud, resource: Resource, stack: Stack): void {
  const fn = toFunction(stack, resource);
  if (functions.has(fn.arn)) throw taken('ResourceConflictException', 'Function', fn.name);
  if (!fn.runtime.startsWith('nodejs')) {
    throw new DeploymentRefused('NotSupported', `the sandbox runs Node.js only, not the runtime ${fn.runtime}`);
  }
  const assumed = sessions.assumeRole({ kind: 'service', service: 'lambda.amazonaws.com' }, fn.roleArn, fn.name, {
    'aws:SourceAccount': fn.account,
    'aws:SourceArn': fn.arn,
  });
  if (!assumed.ok) {
    const message = `The role defined for the function cannot be assumed by Lambda (${assumed.denied.reason})`;
    throw new DeploymentRefused('InvalidParameterValueException', message);
  }
  functions.add(fn, assumed.session);
}

function createBucket({ storage }: Cloud, { name, properties }: Resource, { account, region }: Stack): void {
  try {
    storage.createBucket({ name, account, region, ...encryptionOf(properties['BucketEncryption'], account) });
  } catch (error) {
    throw error instanceof S3Error ? new DeploymentRefused(error.code, error.message) : error;
  }
}

function encryptionOf(configuration: Json | undefined, account: string): { readonly encryption?: BucketEncryption } {
  const [rule] = listOf(objectOf(configuration)['ServerSideEncryptionConfiguration']).filter(isObject);
  const kmsKeyArn = objectOf(rule?.['ServerSideEncryptionByDefault'])['KMSMasterKeyID'];
  if (typeof kmsKeyArn !== 'string') return {};
  return { encryption: { kmsKeyArn, kmsKeyAccount: account, bucketKey: rule?.['BucketKeyEnabled'] === true } };
}

/** What a topic allows that nobody wrote a policy for (SNS: "Creating an Amazon SNS topic", default access policy). */
const defaultTopicPolicy = (arn: string, name: string, account: string): PolicySource => ({
  name: `default policy of topic ${name}`,
  document: {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['sns:Publish', 'sns:Subscribe', 'sns:GetTopicAttributes'],
      Resource: arn,
      Condition: { StringEquals: { 'aws:SourceOwner': account } },
    },
  },
});

/** A topic names its key by its ARN; an alias is that of a key that AWS manages. */
const keyArnIn = (key: Json | undefined): string | undefined =>
  textOf(key).startsWith('arn:') ? textOf(key) : undefined;

function subscriptionIn(subscription: Json): Subscription {
  const { Protocol, Endpoint } = objectOf(subscription);
  return { protocol: textOf(Protocol), endpoint: textOf(Endpoint) };
}

/** A queue is referred to by its URL, which ends in account and name. */
function queueArn(url: string, region: string): string {
  const [name = '', account = ''] = url.split('/').reverse();
  return `arn:${partitionOf(region)}:sqs:${region}:${account}:${name}`;
}

const rolePolicy = (role: string, { PolicyName, PolicyDocument }: JsonObject): PolicySource =>
  iamPolicy(`policy ${textOf(PolicyName)} of role ${role}`, PolicyDocument, 'identity');

const iamPolicy = (name: string, document: Json | undefined, type: PolicyType): PolicySource =>
  checked('MalformedPolicyDocument', name, document, type);

const keyPolicy = (key: string, document: Json | undefined): PolicySource =>
  checked('MalformedPolicyDocumentException', `key policy of ${key}`, document, 'resource');

const bucketPolicy = (bucket: string, document: Json | undefined): PolicySource =>
  checked('MalformedPolicy', `bucket policy of ${bucket}`, document, 'resource');

/** The policy, if it is one that the evaluation understands in full; else refused with the service's own error. */
function checked(code: string, name: string, value: Json | undefined, type: PolicyType): PolicySource {
  const source: PolicySource = { name, document: objectOf(value) as unknown as PolicyDocument };
  try {
    statementsOf(source, type);
    return source;
  } catch (error) {
    throw error instanceof PolicyError ? new DeploymentRefused(code, error.message) : error;
  }
}

const taken = (code: string, what: string, name: string): DeploymentRefused =>
  new DeploymentRefused(code, `${what} ${name} already exists.`);
