import { expect, test } from 'vitest';
import { deploymentActions } from '../../src/deployment/service-actions.ts';

test.each([
  ['AWS::S3::Bucket', ['s3:*']],
  ['AWS::IAM::Role', ['iam:*']],
  ['AWS::ApplicationAutoScaling::ScalableTarget', ['application-autoscaling:*']],
  ['AWS::CertificateManager::Certificate', ['acm:*']],
  ['AWS::CodeStarConnections::Connection', ['codestar-connections:*']],
  ['AWS::Cognito::UserPool', ['cognito-idp:*']],
  ['AWS::EFS::FileSystem', ['elasticfilesystem:*']],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', ['elasticloadbalancing:*']],
  ['AWS::EMRServerless::Application', ['emr-serverless:*']],
  ['AWS::KinesisFirehose::DeliveryStream', ['firehose:*']],
  ['AWS::MSK::Cluster', ['kafka:*']],
  ['AWS::OpenSearchService::Domain', ['es:*']],
  ['AWS::S3Express::DirectoryBucket', ['s3express:*']],
  ['AWS::SSMIncidents::ResponsePlan', ['ssm-incidents:*']],
  ['AWS::StepFunctions::StateMachine', ['states:*']],
  ['AWS::Oam::Link', ['oam:*', 'cloudwatch:Link', 'logs:Link', 'xray:Link', 'applicationinsights:Link']],
  ['AWS::Oam::Sink', ['oam:*']],
  [
    'AWS::CodePipeline::Pipeline',
    [
      'codepipeline:*',
      'codeconnections:PassConnection',
      'codeconnections:UseConnection',
      'codestar-connections:PassConnection',
      'codestar-connections:UseConnection',
    ],
  ],
  ['Custom::ObservabilitySink', ['lambda:InvokeFunction']],
  ['AWS::CloudFormation::CustomResource', ['lambda:InvokeFunction']],
  ['AWS::CDK::Metadata', []],
])('%s is created with %j', (type, actions) => {
  expect(deploymentActions(type)).toEqual(actions);
});
