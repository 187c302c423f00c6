import { type Json, type JsonObject, unresolved } from '@crosswind/aws/json';
import { nameOf, nameWithoutStack, regionalArn, type ResourcePlace, suffix, uuid } from './resource-place.ts';

/** Values of a resource that others can refer to: `Ref` and the attributes of `Fn::GetAtt`. */
export interface ResourceIdentity {
  readonly name: string;
  readonly arn?: string;
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** True if it has more attributes, known only after deployment: a custom resource. */
  readonly answersLater?: boolean;
  /** True for a type that the table does not hold: attributes are made up. */
  readonly isOpaque?: boolean;
}

type Identify = (place: ResourcePlace, properties: JsonObject) => ResourceIdentity;

/**
 * How each resource type is named and referred to ("Return values" of its page in the CloudFormation reference).
 * Generated names have CloudFormation's form, stack-logicalId-suffix, with a suffix that depends on the place alone.
 */
const identities: Readonly<Record<string, Identify>> = {
  'AWS::IAM::Role': (place, properties) => {
    const name = nameOf(place, properties['RoleName'], 64);
    const path = typeof properties['Path'] === 'string' ? properties['Path'] : '/';
    const arn = `arn:${place.partition}:iam::${place.account}:role${path}${name}`;
    return { name, arn, ref: name, attributes: { Arn: arn, RoleId: `AROA${suffix(place, 'id', 17)}` } };
  },
  'AWS::IAM::Policy': (place, properties) => named(nameOf(place, properties['PolicyName'], 128)),
  'AWS::IAM::ManagedPolicy': (place, properties) => {
    const name = nameOf(place, properties['ManagedPolicyName'], 128);
    const path = typeof properties['Path'] === 'string' ? properties['Path'] : '/';
    const arn = `arn:${place.partition}:iam::${place.account}:policy${path}${name}`;
    return { name, arn, ref: arn, attributes: { PolicyArn: arn } };
  },
  'AWS::S3::Bucket': (place, properties) => {
    const given = properties['BucketName'];
    const name = typeof given === 'string' ? given : nameOf(place, given, 63).toLowerCase();
    const arn = `arn:${place.partition}:s3:::${name}`;
    const domain = `${name}.s3.amazonaws.com`;
    const regional = `${name}.s3.${place.region}.amazonaws.com`;
    return { name, arn, ref: name, attributes: { Arn: arn, DomainName: domain, RegionalDomainName: regional } };
  },
  'AWS::S3::BucketPolicy': (place) => named(place.logicalId),
  'AWS::KMS::Key': (place) => {
    const id = uuid(place);
    const arn = regionalArn(place, 'kms', `key/${id}`);
    return { name: id, arn, ref: id, attributes: { Arn: arn, KeyId: id } };
  },
  'AWS::KMS::Alias': (place, properties) => {
    const name = nameOf(place, properties['AliasName'], 256);
    return { ...named(name), arn: regionalArn(place, 'kms', name) };
  },
  'AWS::Logs::LogGroup': (place, properties) => {
    const name = nameOf(place, properties['LogGroupName'], 512);
    const arn = regionalArn(place, 'logs', `log-group:${name}:*`);
    return { name, arn, ref: name, attributes: { Arn: arn } };
  },
  'AWS::Lambda::Function': (place, properties) => {
    const name = nameOf(place, properties['FunctionName'], 64);
    const arn = regionalArn(place, 'lambda', `function:${name}`);
    return { name, arn, ref: name, attributes: { Arn: arn } };
  },
  'AWS::StepFunctions::Activity': (place, properties) => {
    const name = nameOf(place, properties['Name'], 80);
    const arn = regionalArn(place, 'states', `activity:${name}`);
    return { name, arn, ref: arn, attributes: { Arn: arn, Name: name } };
  },
  'AWS::StepFunctions::StateMachine': (place, properties) => {
    // Without the stack's name, as in aws/aws-sam-cli#2022.
    const name = nameWithoutStack(place, properties['StateMachineName'], 80);
    const arn = regionalArn(place, 'states', `stateMachine:${name}`);
    return { name, arn, ref: arn, attributes: { Arn: arn, Name: name } };
  },
  'AWS::CodeBuild::Project': (place, properties) => {
    // 27 characters of the logical id and 12 others, as in aws/aws-cdk#16992.
    const name = nameWithoutStack(place, properties['Name'], 40);
    const arn = regionalArn(place, 'codebuild', `project/${name}`);
    return { name, arn, ref: name, attributes: { Arn: arn } };
  },
  'AWS::CodePipeline::Pipeline': (place, properties) => named(nameOf(place, properties['Name'], 100)),
  'AWS::Events::Rule': (place, properties) => {
    const name = nameOf(place, properties['Name'], 64);
    const { EventBusName: bus = 'default' } = properties;
    const path = typeof bus === 'string' && bus !== 'default' ? `${bus.split('/').at(-1) ?? ''}/${name}` : name;
    const arn = regionalArn(place, 'events', `rule/${path}`);
    return { name, arn, ref: name, attributes: { Arn: arn } };
  },
  'AWS::CloudWatch::Alarm': (place, properties) => {
    const name = nameOf(place, properties['AlarmName'], 255);
    const arn = regionalArn(place, 'cloudwatch', `alarm:${name}`);
    return { name, arn, ref: name, attributes: { Arn: arn } };
  },
  'AWS::CloudWatch::CompositeAlarm': (place, properties) => {
    const name = nameOf(place, properties['AlarmName'], 255);
    const arn = regionalArn(place, 'cloudwatch', `alarm:${name}`);
    return { name, arn, ref: name, attributes: { Arn: arn } };
  },
  'AWS::CloudWatch::Dashboard': (place, properties) => named(nameOf(place, properties['DashboardName'], 255)),
  'AWS::Oam::Sink': (place, properties) => {
    const arn = regionalArn(place, 'oam', `sink/${uuid(place)}`);
    return { name: nameOf(place, properties['Name'], 255), arn, ref: arn, attributes: { Arn: arn } };
  },
  'AWS::Oam::Link': (place) => {
    const arn = regionalArn(place, 'oam', `link/${uuid(place)}`);
    return { name: place.logicalId, arn, ref: arn, attributes: { Arn: arn } };
  },
  'AWS::SNS::Topic': (place, properties) => {
    const name = nameOf(place, properties['TopicName'], 256);
    const arn = regionalArn(place, 'sns', name);
    return { name, arn, ref: arn, attributes: { TopicArn: arn, TopicName: name } };
  },
  'AWS::SNS::Subscription': (place) => named(place.logicalId),
  'AWS::SNS::TopicPolicy': (place) => named(place.logicalId),
  'AWS::SQS::Queue': (place, properties) => {
    const name = nameOf(place, properties['QueueName'], 80);
    const arn = regionalArn(place, 'sqs', name);
    const domain = place.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    const url = `https://sqs.${place.region}.${domain}/${place.account}/${name}`;
    return { name, arn, ref: url, attributes: { Arn: arn, QueueName: name, QueueUrl: url } };
  },
  'AWS::SQS::QueuePolicy': (place) => named(place.logicalId),
  'AWS::Scheduler::Schedule': (place, properties) => {
    const name = nameOf(place, properties['Name'], 64);
    const group = typeof properties['GroupName'] === 'string' ? properties['GroupName'] : 'default';
    const arn = regionalArn(place, 'scheduler', `schedule/${group}/${name}`);
    return { name, arn, ref: name, attributes: { Arn: arn } };
  },
  'AWS::SSM::Parameter': (place, properties) => {
    const name = nameOf(place, properties['Name'], 2_048);
    const arn = regionalArn(place, 'ssm', `parameter/${name.replace(/^\//, '')}`);
    return { name, arn, ref: name, attributes: {} };
  },
};

/** The identity of a resource, or undefined for a type that the table does not hold. */
export function identify(type: string, place: ResourcePlace, properties: JsonObject): ResourceIdentity | undefined {
  if (isCustomResource(type)) {
    return { ...named(place.logicalId), ref: laterAttribute(place.logicalId, refAttribute), answersLater: true };
  }
  return identities[type]?.(place, properties);
}

/** True if a function of the template itself provides resources of this type (AWS: "Custom resources"). */
export const isCustomResource = (type: string): boolean =>
  type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';

/** Stands for the `Ref` of a custom resource among its attributes: the function answers that, too. */
export const refAttribute = 'Ref';

/** Stands where an attribute will be that a custom resource gives while it is deployed. */
export const laterAttribute = (logicalId: string, attribute: string): string => `<later:${logicalId}.${attribute}>`;

/** True if the value depends on attributes that only a deployment knows. */
export const hasLaterAttributes = (value: Json): boolean => JSON.stringify(value).includes('<later:');

/** The text with those attributes; without a value they are unresolved. */
export const withLaterAttributes = (
  text: string,
  valueOf: (logicalId: string, attribute: string) => string | undefined,
): string =>
  text.replace(
    /<later:(\w+)\.([^>]+)>/g,
    (_, logicalId: string, attribute: string) => valueOf(logicalId, attribute) ?? unresolved,
  );

const named = (name: string): ResourceIdentity => ({ name, ref: name, attributes: {} });
