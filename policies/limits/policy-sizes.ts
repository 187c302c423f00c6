import type { Stack } from '@crosswind/assembly/resolve';
import { type Json, listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { LimitName } from '@crosswind/aws/quotas';
import { type Located, resources } from '../rules/rule.ts';
import { type Measure, type Measured, type Use, measuresAt, partsText, sizeOf } from './measure.ts';

/** Property with the policy of a resource, and its limit. */
const own: Readonly<Record<string, readonly [property: string, limit: LimitName]>> = {
  'AWS::IAM::ManagedPolicy': ['PolicyDocument', 'managedPolicy'],
  'AWS::KMS::Key': ['KeyPolicy', 'keyPolicy'],
  'AWS::Logs::ResourcePolicy': ['PolicyDocument', 'logPolicy'],
  'AWS::S3::BucketPolicy': ['PolicyDocument', 'bucketPolicy'],
  'AWS::SNS::TopicInlinePolicy': ['PolicyDocument', 'topicPolicy'],
  'AWS::SNS::TopicPolicy': ['PolicyDocument', 'topicPolicy'],
  'AWS::SQS::QueueInlinePolicy': ['PolicyDocument', 'queuePolicy'],
  'AWS::SQS::QueuePolicy': ['PolicyDocument', 'queuePolicy'],
};

/** Sizes of policies: those of resources, and what roles have inline. What only the deployment knows counts as `<unresolved>`. */
export function policyMeasures({ stacks, accountNames }: Measured): readonly Measure[] {
  const attached = attachedPolicies(stacks);
  return resources(stacks).flatMap((at) => {
    const { type, properties } = at.resource;
    if (type === 'AWS::IAM::Role') return measuresAt(at, roleUses(at, attached), accountNames);
    const [property, limit] = own[type] ?? [];
    if (property === undefined || limit === undefined) return [];
    const document = properties[property];
    return measuresAt(at, [policyUse(limit, document, `Properties.${property}`)], accountNames);
  });
}

/** A document as AWS counts it: IAM leaves out white space ("IAM and AWS STS quotas"), the CDK writes none. */
const documentText = (document: Json | undefined): string => {
  try {
    return typeof document === 'string' ? JSON.stringify(JSON.parse(document)) : textOf(document);
  } catch {
    return textOf(document);
  }
};

const policyUse = (limit: LimitName, document: Json | undefined, property: string): Use =>
  sizeOf(limit, documentText(document), property, () => {
    const { Statement } = objectOf(document);
    const statements = listOf(Statement);
    const parts = statements.map((statement, index): readonly [string, number] => {
      const { Sid } = objectOf(statement);
      return [`statement ${Sid === undefined ? index : textOf(Sid)}`, documentText(statement).length];
    });
    return parts.length === 0 ? '' : partsText(limit, parts);
  });

/** A policy that is in the template by itself, and belongs to roles. */
interface Inline {
  readonly name: string;
  readonly length: number;
}

const roleKey = ({ account }: Stack, role: string): string => `${account} ${role}`;

function attachedPolicies(stacks: readonly Stack[]): ReadonlyMap<string, readonly Inline[]> {
  const found = new Map<string, Inline[]>();
  for (const { stack, resource } of resources(stacks)) {
    const { Roles, RoleName, PolicyDocument } = resource.properties;
    const roles = resource.type === 'AWS::IAM::Policy' ? listOf(Roles) : [];
    for (const role of resource.type === 'AWS::IAM::RolePolicy' ? [RoleName ?? ''] : roles) {
      const key = roleKey(stack, textOf(role));
      const inline = { name: `policy ${resource.path}`, length: documentText(PolicyDocument).length };
      found.set(key, [...(found.get(key) ?? []), inline]);
    }
  }
  return found;
}

function roleUses({ stack, resource }: Located, attached: ReadonlyMap<string, readonly Inline[]>): readonly Use[] {
  const { AssumeRolePolicyDocument, Policies, ManagedPolicyArns } = resource.properties;
  const inline = [
    ...listOf(Policies).map((policy): Inline => {
      const { PolicyName, PolicyDocument } = objectOf(policy);
      return { name: `policy ${textOf(PolicyName)}`, length: documentText(PolicyDocument).length };
    }),
    ...(attached.get(roleKey(stack, resource.name)) ?? []),
  ];
  const managed = listOf(ManagedPolicyArns).map(textOf);
  return [
    policyUse('trustPolicy', AssumeRolePolicyDocument, 'Properties.AssumeRolePolicyDocument'),
    {
      limit: 'inlinePolicies',
      used: inline.reduce((sum, { length }) => sum + length, 0),
      property: 'Properties.Policies',
      because: () =>
        partsText(
          'inlinePolicies',
          inline.map(({ name, length }) => [name, length] as const),
        ),
    },
    {
      limit: 'attachedPolicies',
      used: managed.length,
      property: 'Properties.ManagedPolicyArns',
      because: () => `the last is ${managed.at(-1) ?? ''}`,
    },
  ];
}
