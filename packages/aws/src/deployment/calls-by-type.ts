import type { TypeCalls } from './call-row.ts';
import { alarm, compositeAlarm, dashboard } from './cloudwatch.ts';
import { pipeline, project } from './code.ts';
import { customResource, ofStackAlone } from './custom-resource.ts';
import { table } from './dynamodb.ts';
import { repository } from './ecr.ts';
import { rule, schedule, scheduleGroup } from './events.ts';
import { inlinePolicy, managedPolicy } from './iam-policies.ts';
import { role } from './iam-roles.ts';
import { key, keyAlias } from './kms.ts';
import { lambdaFunction } from './lambda-function.ts';
import { alias, eventSourceMapping, functionUrl, layerVersion, permission, version } from './lambda-parts.ts';
import { logGroup } from './logs.ts';
import { queue, queuePolicy, subscription, topic, topicPolicy } from './messaging.ts';
import { link, sink } from './oam.ts';
import { bucket, bucketPolicy } from './s3.ts';
import { parameter } from './ssm.ts';
import { activity, stateMachine } from './step-functions.ts';

/** The types that the platform and the bootstrap of the CDK have, and common ones of other apps. */
export const callsByType: ReadonlyMap<string, TypeCalls> = new Map(
  Object.entries({
    'AWS::CDK::Metadata': ofStackAlone,
    'AWS::CloudFormation::CustomResource': customResource,
    'AWS::CloudFormation::WaitConditionHandle': ofStackAlone,
    'AWS::CloudWatch::Alarm': alarm,
    'AWS::CloudWatch::CompositeAlarm': compositeAlarm,
    'AWS::CloudWatch::Dashboard': dashboard,
    'AWS::CodeBuild::Project': project,
    'AWS::CodePipeline::Pipeline': pipeline,
    'AWS::DynamoDB::Table': table,
    'AWS::ECR::Repository': repository,
    'AWS::Events::Rule': rule,
    'AWS::IAM::ManagedPolicy': managedPolicy,
    'AWS::IAM::Policy': inlinePolicy,
    'AWS::IAM::Role': role,
    'AWS::KMS::Alias': keyAlias,
    'AWS::KMS::Key': key,
    'AWS::Lambda::Alias': alias,
    'AWS::Lambda::EventSourceMapping': eventSourceMapping,
    'AWS::Lambda::Function': lambdaFunction,
    'AWS::Lambda::LayerVersion': layerVersion,
    'AWS::Lambda::Permission': permission,
    'AWS::Lambda::Url': functionUrl,
    'AWS::Lambda::Version': version,
    'AWS::Logs::LogGroup': logGroup,
    'AWS::Oam::Link': link,
    'AWS::Oam::Sink': sink,
    'AWS::S3::Bucket': bucket,
    'AWS::S3::BucketPolicy': bucketPolicy,
    'AWS::SNS::Subscription': subscription,
    'AWS::SNS::Topic': topic,
    'AWS::SNS::TopicPolicy': topicPolicy,
    'AWS::SQS::Queue': queue,
    'AWS::SQS::QueuePolicy': queuePolicy,
    'AWS::SSM::Parameter': parameter,
    'AWS::Scheduler::Schedule': schedule,
    'AWS::Scheduler::ScheduleGroup': scheduleGroup,
    'AWS::StepFunctions::Activity': activity,
    'AWS::StepFunctions::StateMachine': stateMachine,
  }),
);
