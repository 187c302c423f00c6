import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { defined, isObject, type Json, type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { managedPolicy } from '@crosswind/aws/managed-policies';
import { partitionOf } from '@crosswind/aws/partition';
import type { PolicyDocument, PolicySource, StatementJson } from '@crosswind/iam/policy-document';
import { unknownPolicy } from '@crosswind/iam/statement';
import { type Located, resources } from '../rules/rule.ts';

/** A role and the policies that its templates give it. */
export interface DecidedRole {
  readonly arn: string;
  readonly at: Located;
  readonly trust: PolicySource;
  readonly identity: readonly PolicySource[];
  readonly boundary?: PolicySource;
  /** In the form of a template. */
  readonly tags: readonly JsonObject[];
}

/** A policy that allows something on the resource that carries it, and where it stands. */
export interface CarriedPolicy {
  /** ARN of the bucket, key, topic, queue, function or role. */
  readonly on: string;
  readonly source: PolicySource;
  readonly at: Located;
}

/** Everything in the stacks that has a say in a call. */
export interface DecidingPolicies {
  /** Policies on resources, trust policies among them. */
  readonly carried: readonly CarriedPolicy[];
  /** Every role, by its ARN. */
  readonly roles: ReadonlyMap<string, DecidedRole>;
  /** The policy on a bucket, for its objects too, or on a key, topic, queue or function. */
  readonly ofResource: (arn: string) => PolicySource | undefined;
  /** ARNs of everything that the stacks make. */
  readonly made: ReadonlySet<string>;
  /** True if a policy on a resource names the role by its ARN. */
  readonly isNamed: (roleArn: string) => boolean;
  /** True if the stacks make the resource, or the bucket that an object is in. */
  readonly makes: (arn: string) => boolean;
  /** Aliases of a key, for example `alias/crosswind-artifacts`. */
  readonly aliasesOf: (keyArn: string) => readonly string[];
}

/** The policies of the stacks, those of the baseline among them. */
export function decidingPolicies(stacks: readonly Stack[]): DecidingPolicies {
  const located = resources(stacks);
  const managed = new Map(
    located
      .filter(({ resource: { type, arn } }) => type === 'AWS::IAM::ManagedPolicy' && arn !== undefined)
      .map((at): [string, Located] => [at.resource.arn ?? '', at]),
  );
  const policyAt = (arn: string): PolicySource => {
    const own = managed.get(arn)?.resource;
    const document = own ? own.properties['PolicyDocument'] : (managedPolicy(arn) as Json | undefined);
    return document === undefined ? unknownPolicy(arn, 'identity') : sourceOf(`policy ${own?.name ?? arn}`, document);
  };
  const holders = attachments(located);
  const roles = located
    .filter(({ resource: { type } }) => type === 'AWS::IAM::Role')
    .map(({ stack, resource }): DecidedRole => {
      const { name, arn = '', properties } = resource;
      const boundary = textOf(properties['PermissionsBoundary']);
      const inline = listOf(properties['Policies']).filter(isObject);
      return {
        arn,
        at: { stack, resource },
        trust: sourceOf(`trust policy of role ${name}`, properties['AssumeRolePolicyDocument']),
        identity: [
          ...inline.map((policy) =>
            sourceOf(`policy ${textOf(policy['PolicyName'])} of role ${name}`, policy['PolicyDocument']),
          ),
          ...(holders.get(`${stack.account}/${name}`) ?? []),
          ...[...new Set(listOf(properties['ManagedPolicyArns']).map(textOf))].map(policyAt),
        ],
        ...(boundary !== '' && { boundary: policyAt(boundary) }),
        tags: listOf(properties['Tags']).filter(isObject),
      };
    });
  const carried = located.flatMap(carriedPolicies);
  const policies = new Map([...carried.map(({ on, source }) => [on, source] as const), ...functionPolicies(carried)]);
  const aliases = aliasesByKey(located);
  const made = new Set(located.flatMap(({ resource: { arn } }) => arn ?? []));
  const trusts = roles.map(({ arn, at, trust }): CarriedPolicy => ({ on: arn, source: trust, at }));
  let named: ReadonlySet<string> | undefined;
  return {
    isNamed: (arn) => (named ??= rolesNamedIn([...carried, ...trusts])).has(arn),
    carried: [...carried, ...trusts],
    roles: new Map(roles.map((role) => [role.arn, role])),
    ofResource: (arn) => policies.get(bucketArn(arn)),
    made,
    makes: (arn) => made.has(bucketArn(arn)),
    aliasesOf: (arn) => aliases.get(arn) ?? [],
  };
}

const rolesNamedIn = (carried: readonly CarriedPolicy[]): ReadonlySet<string> =>
  new Set(carried.flatMap(({ source }) => JSON.stringify(source.document).match(/arn:[^"]*:role\/[^"]*/g) ?? []));

function aliasesByKey(located: readonly Located[]): ReadonlyMap<string, readonly string[]> {
  const aliases = new Map<string, string[]>();
  for (const { stack, resource } of located) {
    if (resource.type !== 'AWS::KMS::Alias') continue;
    const { account, region } = stack;
    const target = textOf(resource.properties['TargetKeyId']);
    const key = target.startsWith('arn:')
      ? target
      : `arn:${partitionOf(region)}:kms:${region}:${account}:key/${target}`;
    aliases.set(key, [...(aliases.get(key) ?? []), textOf(resource.properties['AliasName'])]);
  }
  return aliases;
}

/** Policies of `AWS::IAM::Policy` and of managed ones that name their roles, by account and name of the role. */
function attachments(located: readonly Located[]): ReadonlyMap<string, readonly PolicySource[]> {
  const held = new Map<string, PolicySource[]>();
  for (const { stack, resource } of located) {
    const { type, name, properties } = resource;
    const holders = [...listOf(properties['Roles']), properties['RoleName'] ?? []].flat().map(textOf);
    if (!['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy'].includes(type)) continue;
    const document = properties['PolicyDocument'];
    const policyName = textOf(properties['PolicyName']) || name;
    for (const role of holders) {
      const key = `${stack.account}/${role}`;
      held.set(key, [...(held.get(key) ?? []), sourceOf(`policy ${policyName} of role ${role}`, document)]);
    }
  }
  return held;
}

const sourceOf = (name: string, document: Json | undefined): PolicySource => ({
  name,
  document: objectOf(document) as unknown as PolicyDocument,
});

/** ARN of the resource that carries the policy on `arn`: of the bucket, for its objects. */
export const bucketArn = (arn: string): string => /^arn:[^:]+:s3:::[^/]+/.exec(arn)?.[0] ?? arn;

/** Policies that a resource is, or puts on others. */
function carriedPolicies(at: Located): readonly CarriedPolicy[] {
  const { stack, resource } = at;
  const { type, properties, arn = '' } = resource;
  const policyOn = (on: string, document: Json | undefined): CarriedPolicy => ({
    on,
    source: sourceOf(`the policy of ${on}`, document),
    at,
  });
  const partition = partitionOf(stack.region);
  switch (type) {
    case 'AWS::S3::BucketPolicy':
      return [policyOn(`arn:${partition}:s3:::${textOf(properties['Bucket'])}`, properties['PolicyDocument'])];
    case 'AWS::KMS::Key':
      return [policyOn(arn, properties['KeyPolicy'] ?? defaultKeyPolicy(stack))];
    case 'AWS::SNS::TopicPolicy':
      return listOf(properties['Topics']).map((topic) => policyOn(textOf(topic), properties['PolicyDocument']));
    case 'AWS::SQS::QueuePolicy':
      return listOf(properties['Queues']).map((queue) =>
        policyOn(queueArn(textOf(queue), stack), properties['PolicyDocument']),
      );
    case 'AWS::Lambda::Permission': {
      const on = functionArn(textOf(properties['FunctionName']), stack);
      return [policyOn(on, { Statement: [permission(on, resource)] })];
    }
    default:
      return [];
  }
}

/** The policy of a key without one (KMS Developer Guide, "Default key policy"). */
const defaultKeyPolicy = ({ account, region }: Stack): JsonObject => ({
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:${partitionOf(region)}:iam::${account}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
});

/** A policy of queues names them by URL (AWS::SQS::QueuePolicy). */
const queueArn = (queue: string, { account, region }: Stack): string =>
  queue.startsWith('arn:')
    ? queue
    : `arn:${partitionOf(region)}:sqs:${region}:${account}:${queue.split('/').at(-1) ?? ''}`;

/** Policies of functions: CloudFormation adds a statement for each permission (AWS::Lambda::Permission). */
function functionPolicies(carried: readonly CarriedPolicy[]): readonly (readonly [string, PolicySource])[] {
  const statements = new Map<string, StatementJson[]>();
  for (const { on, source, at } of carried) {
    if (at.resource.type !== 'AWS::Lambda::Permission') continue;
    statements.set(on, [...(statements.get(on) ?? []), ...[source.document.Statement].flat()]);
  }
  return [...statements].map(
    ([on, Statement]) => [on, { name: `the policy of ${on}`, document: { Statement } }] as const,
  );
}

function permission(on: string, { properties }: Resource): JsonObject {
  const { Action, Principal, SourceAccount, SourceArn, PrincipalOrgID } = properties;
  const by = textOf(Principal);
  const equals = defined({ 'aws:SourceAccount': SourceAccount, 'aws:PrincipalOrgID': PrincipalOrgID });
  return {
    Effect: 'Allow',
    Principal: by === '*' ? '*' : by.endsWith('.amazonaws.com') ? { Service: by } : { AWS: by },
    Action: textOf(Action),
    Resource: on,
    Condition: {
      ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
      ...(SourceArn !== undefined && { ArnLike: { 'aws:SourceArn': SourceArn } }),
    },
  };
}

const functionArn = (name: string, { account, region }: Stack): string =>
  name.startsWith('arn:') ? name : `arn:${partitionOf(region)}:lambda:${region}:${account}:function:${name}`;
