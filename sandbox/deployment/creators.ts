import { toFunction } from '../../assembly/functions.ts';
import type { Resource, Stack } from '../../assembly/resolve.ts';
import { isObject, type Json, listOf, objectOf, textOf } from '../../assembly/template.ts';
import type { PolicyDocument } from '../../policies/iam/policy-document.ts';
import type { Cloud } from '../cloud.ts';
import type { BucketEncryption } from '../s3/bucket.ts';
import { S3Error } from '../s3/s3-error.ts';
import { createStateMachine } from './create-state-machine.ts';
import { DeploymentRefused } from './refusal.ts';

/** Creates one resource in the cloud, or refuses as AWS would. */
export type Creator = (cloud: Cloud, resource: Resource, stack: Stack) => void;

/** Every resource type that the sandbox deploys; all others are refused by name. */
export const creators: Readonly<Record<string, Creator>> = {
  'AWS::IAM::Role': createRole,
  'AWS::IAM::Policy': attachPolicy,
  'AWS::KMS::Key': ({ identities }, { arn = '', name, properties }) => {
    identities.setResourcePolicy(arn, { name: `key policy of ${name}`, document: documentOf(properties['KeyPolicy']) });
  },
  'AWS::Lambda::Function': createFunction,
  'AWS::Logs::LogGroup': ({ logGroups }, { arn = '', name }) => {
    if (logGroups.has(arn)) throw taken('ResourceAlreadyExistsException', 'The specified log group', name);
    logGroups.create(arn);
  },
  'AWS::S3::Bucket': createBucket,
  'AWS::S3::BucketPolicy': ({ identities }, { properties }) => {
    const bucket = textOf(properties['Bucket']);
    const document = documentOf(properties['PolicyDocument']);
    identities.setResourcePolicy(`arn:aws:s3:::${bucket}`, { name: `bucket policy of ${bucket}`, document });
  },
  'AWS::StepFunctions::StateMachine': createStateMachine,
};

function createRole({ identities }: Cloud, { arn = '', name, properties }: Resource, { account }: Stack): void {
  if (identities.role(arn)) throw taken('EntityAlreadyExists', 'Role with name', name);
  const trust = documentOf(properties['AssumeRolePolicyDocument']);
  for (const principal of rolesNamedBy(trust)) {
    if (identities.role(principal)) continue;
    throw new DeploymentRefused('MalformedPolicyDocument', `Invalid principal in policy: "AWS":"${principal}"`);
  }
  const role = identities.addRole({ arn, name, account, trust });
  for (const policy of listOf(properties['Policies']).filter(isObject)) {
    role.policies.push(source(name, policy['PolicyName'], policy['PolicyDocument']));
  }
  const [managed] = listOf(properties['ManagedPolicyArns']).map(textOf);
  if (managed !== undefined) {
    throw new DeploymentRefused(
      'NotSupported',
      `the sandbox does not know the statements of the managed policy ${managed}`,
    );
  }
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
    role.policies.push(source(name, properties['PolicyName'], properties['PolicyDocument']));
  }
}

function createFunction({ functions, sessions }: Cloud, resource: Resource, stack: Stack): void {
  const fn = toFunction(stack, resource);
  if (functions.has(fn.arn)) throw taken('ResourceConflictException', 'Function', fn.name);
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
  const kmsKeyArn = textOf(objectOf(rule?.['ServerSideEncryptionByDefault'])['KMSMasterKeyID']);
  if (kmsKeyArn === '') return {};
  return { encryption: { kmsKeyArn, kmsKeyAccount: account, bucketKey: rule?.['BucketKeyEnabled'] === true } };
}

const source = (role: string, name: Json | undefined, document: Json | undefined) => ({
  name: `policy ${textOf(name)} of role ${role}`,
  document: documentOf(document),
});

/** `policies/iam` checks the document when it is first used, and names what it does not know. */
const documentOf = (value: Json | undefined): PolicyDocument => objectOf(value) as unknown as PolicyDocument;

const taken = (code: string, what: string, name: string): DeploymentRefused =>
  new DeploymentRefused(code, `${what} ${name} already exists.`);
