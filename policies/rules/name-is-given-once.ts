import { isUnresolved, type JsonObject, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { resourceType } from '@crosswind/aws/resource-types';
import { type Located, type Rule, findingAt, resources } from './rule.ts';

export const nameIsGivenOnce: Rule = {
  id: 'NAME-1',
  severity: 'error',
  requires: 'No two resources have one fixed name in one place.',
  because: 'The second one fails when it is deployed, or takes over what the first one made.',
  fix: 'Give one of them another name, or leave the name out: CloudFormation then makes one.',
  check: ({ stacks }) => {
    const first = new Map<string, Located>();
    return resources(stacks).flatMap((at) => {
      const named = fixedName(at);
      if (!named) return [];
      const other = first.get(named.key);
      if (!other) first.set(named.key, at);
      return other
        ? [
            findingAt(at, {
              property: `Properties.${named.property}`,
              message: `${at.resource.type} ${named.name} is also the name of ${other.resource.path} in account ${other.stack.account}`,
            }),
          ]
        : [];
    });
  },
};

interface FixedName {
  readonly name: string;
  /** Property that holds it, the last one where there are several. */
  readonly property: string;
  /** Equal for two resources that cannot both be there. */
  readonly key: string;
}

/** Properties that hold the name of a type which CloudFormation identifies by an ARN or id, and what the name is unique in. */
const names: Readonly<Record<string, readonly string[]>> = {
  'AWS::CodeBuild::Project': ['Name'],
  'AWS::CloudFront::Function': ['Name'],
  'AWS::CloudFront::ResponseHeadersPolicy': ['ResponseHeadersPolicyConfig.Name'],
  'AWS::ECS::Service': ['Cluster', 'ServiceName'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['Name'],
  'AWS::ElasticLoadBalancingV2::TargetGroup': ['Name'],
  'AWS::Events::Rule': ['EventBusName', 'Name'],
  'AWS::IAM::ManagedPolicy': ['ManagedPolicyName'],
  'AWS::IAM::RolePolicy': ['RoleName', 'PolicyName'],
  'AWS::Lambda::Alias': ['FunctionName', 'Name'],
  'AWS::Oam::Sink': ['Name'],
  'AWS::SNS::Topic': ['TopicName'],
  'AWS::SQS::Queue': ['QueueName'],
  'AWS::Scheduler::Schedule': ['GroupName', 'Name'],
  'AWS::SecretsManager::Secret': ['Name'],
  'AWS::StepFunctions::Activity': ['Name'],
  'AWS::StepFunctions::StateMachine': ['StateMachineName'],
};

/** Properties that have this value where it is left out. */
const defaults: Readonly<Record<string, string>> = {
  EventBusName: 'default',
  GroupName: 'default',
  Cluster: 'default',
};

/** Types that share their names: "Alarm names must be unique within a Region" (PutCompositeAlarm). */
const sharedWith: Readonly<Record<string, string>> = { 'AWS::CloudWatch::CompositeAlarm': 'AWS::CloudWatch::Alarm' };

/**
 * Place in which a name is unique: the partition for buckets ("General purpose bucket naming rules"), the account for
 * services without regions, else the account and region.
 */
function placeOf({ stack, resource: { type } }: Located): string {
  if (type === 'AWS::S3::Bucket') return partitionOf(stack.region);
  return /^AWS::(IAM|CloudFront|Route53)::|^AWS::CloudWatch::Dashboard$/.test(type)
    ? stack.account
    : `${stack.account} ${stack.region}`;
}

/** The name of a resource that its template gives; undefined for one that CloudFormation makes, or that is not known. */
function fixedName(at: Located): FixedName | undefined {
  const { type, properties } = at.resource;
  const path = names[type] ?? resourceType(type)?.id ?? [];
  const values = path.map((property) => valueAt(properties, property) ?? defaults[property]);
  const property = path.at(-1);
  if (property === undefined || values.some((value) => value === undefined || isUnresolved(value))) return undefined;
  const name = values.slice(names[type] ? -1 : 0).join(' ');
  // Names of IAM are the same in upper and lower case ("Names are not distinguished by case", IAM API reference).
  const compared = type.startsWith('AWS::IAM::') ? values.map((value) => value?.toLowerCase()) : values;
  return { name, property, key: JSON.stringify([sharedWith[type] ?? type, placeOf(at), ...compared]) };
}

function valueAt(properties: JsonObject, path: string): string | undefined {
  const value = path
    .split('.')
    .reduce<JsonObject[string] | undefined>(
      (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as JsonObject)[key] : undefined),
      properties,
    );
  return typeof value === 'string' && value !== '' ? textOf(value) : undefined;
}
