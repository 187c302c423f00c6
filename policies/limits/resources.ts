import { type JsonObject, isUnresolved, listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { LimitName } from '@crosswind/aws/quotas';
import { resources } from '../rules/rule.ts';
import { type Measure, type Measured, type Use, countOf, measuresAt, sizeOf } from './measure.ts';

/** Property with the name of a resource, and its limit. Names that CloudFormation generates fit. */
const names: Readonly<Record<string, readonly [property: string, limit: LimitName]>> = {
  'AWS::CloudWatch::Alarm': ['AlarmName', 'alarmName'],
  'AWS::CloudWatch::CompositeAlarm': ['AlarmName', 'alarmName'],
  'AWS::CloudWatch::Dashboard': ['DashboardName', 'dashboardName'],
  'AWS::Events::Rule': ['Name', 'ruleName'],
  'AWS::IAM::ManagedPolicy': ['ManagedPolicyName', 'policyName'],
  'AWS::IAM::Role': ['RoleName', 'roleName'],
  'AWS::Lambda::Function': ['FunctionName', 'functionName'],
  'AWS::Logs::LogGroup': ['LogGroupName', 'logGroupName'],
  'AWS::S3::Bucket': ['BucketName', 'bucketName'],
  'AWS::SNS::Topic': ['TopicName', 'topicName'],
  'AWS::SQS::Queue': ['QueueName', 'queueName'],
  'AWS::Scheduler::Schedule': ['Name', 'scheduleName'],
  'AWS::StepFunctions::StateMachine': ['StateMachineName', 'stateMachineName'],
};

type UsesOf = (properties: JsonObject) => readonly Use[];

const alarmActions: UsesOf = (properties) =>
  ['AlarmActions', 'OKActions', 'InsufficientDataActions'].map((name) =>
    countOf('alarmActions', listOf(properties[name]).map(textOf), `Properties.${name}`),
  );

/** Limits of single types, besides their names. */
const others: Readonly<Record<string, UsesOf>> = {
  'AWS::CloudWatch::Alarm': (properties) => {
    const metrics = listOf(properties['Metrics']).map((query) => textOf(objectOf(query)['Id']));
    return [...alarmActions(properties), countOf('alarmMetrics', metrics, 'Properties.Metrics')];
  },
  'AWS::CloudWatch::CompositeAlarm': alarmActions,
  'AWS::Lambda::Function': ({ Environment }) => {
    const variables = objectOf(objectOf(Environment)['Variables']);
    return [sizeOf('functionEnvironment', JSON.stringify(variables), 'Properties.Environment')];
  },
  'AWS::StepFunctions::StateMachine': ({ DefinitionString, Definition }) => [
    sizeOf('definition', textOf(DefinitionString ?? Definition), 'Properties.DefinitionString'),
  ],
};

/** Names of resources, and the limits of single types. */
export const resourceMeasures = ({ stacks, accountNames }: Measured): readonly Measure[] =>
  resources(stacks).flatMap((at) => {
    const { type, properties } = at.resource;
    const [property, limit] = names[type] ?? [];
    const name = property === undefined ? '' : textOf(properties[property]);
    const named =
      limit === undefined || name === '' || isUnresolved(name)
        ? []
        : [sizeOf(limit, name, `Properties.${property}`, () => `it is ${name}`)];
    return measuresAt(at, [...named, ...(others[type]?.(properties) ?? [])], accountNames);
  });
