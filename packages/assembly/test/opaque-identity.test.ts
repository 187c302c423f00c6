import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { resolveTolerantly } from '../src/resolve.ts';
import type { Template, TemplateResource } from '../src/template.ts';
import { assembled } from '../src/testing/assembled.ts';

const resolved = (Resources: Template['Resources']) =>
  resolveTolerantly([assembled({ Resources })]).flatMap(({ resources }) => resources);

const ofType = (Type: string, Properties: JsonObject = {}): TemplateResource => ({ Type, Properties });

/** Values of `Ref` and `Fn::GetAtt` for the resource `It`. */
function referred(It: TemplateResource, others: Template['Resources'] = {}): readonly (Json | undefined)[] {
  const asking = ofType('AWS::SSM::Parameter', { Ref: [{ Ref: 'It' }], Arn: { 'Fn::GetAtt': ['It', 'Arn'] } });
  const properties = resolved({ ...others, It, Asking: asking }).at(-1)?.properties;
  return [properties?.['Ref'], properties?.['Arn']].flat();
}

const regional = (service: string, rest: string): string => `arn:aws:${service}:eu-west-1:111111111111:${rest}`;
const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const id = '[0-9a-f]{16}';

describe('the Ref of a type that is not known is its ARN, as on AWS:', () => {
  test.each<[string, JsonObject, string]>([
    ['AWS::AppSync::GraphQLApi', {}, regional('appsync', `apis/${id}`)],
    ['AWS::Batch::ComputeEnvironment', { ComputeEnvironmentName: 'it' }, regional('batch', 'compute-environment/it')],
    ['AWS::Batch::JobDefinition', { JobDefinitionName: 'it' }, regional('batch', 'job-definition/it:1')],
    ['AWS::Batch::JobQueue', { JobQueueName: 'it' }, regional('batch', 'job-queue/it')],
    ['AWS::CertificateManager::Certificate', {}, regional('acm', `certificate/${uuid}`)],
    ['AWS::ECS::Service', { ServiceName: 'it' }, regional('ecs', 'service/default/it')],
    ['AWS::ECS::Service', { ServiceName: 'it', Cluster: 'c' }, regional('ecs', 'service/c/it')],
    ['AWS::ECS::TaskDefinition', { Family: 'it' }, regional('ecs', 'task-definition/it:1')],
    [
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      { Name: 'it', Type: 'network' },
      regional('elasticloadbalancing', `loadbalancer/net/it/${id}`),
    ],
    [
      'AWS::ElasticLoadBalancingV2::TargetGroup',
      { Name: 'it' },
      regional('elasticloadbalancing', `targetgroup/it/${id}`),
    ],
    ['AWS::IAM::OIDCProvider', { Url: 'https://a.b' }, 'arn:aws:iam::111111111111:oidc-provider/a.b'],
    ['AWS::Lambda::Alias', { FunctionName: 'f', Name: 'live' }, regional('lambda', 'function:f:live')],
    ['AWS::Lambda::LayerVersion', { LayerName: 'it' }, regional('lambda', 'layer:it:1')],
    ['AWS::Lambda::Version', { FunctionName: regional('lambda', 'function:f') }, regional('lambda', 'function:f:1')],
    ['AWS::MSK::Cluster', { ClusterName: 'it' }, regional('kafka', `cluster/it/${uuid}`)],
    ['AWS::SecretsManager::Secret', { Name: 'it' }, regional('secretsmanager', 'secret:it-[0-9A-F]{6}')],
    ['AWS::SecretsManager::SecretTargetAttachment', { SecretId: 'arn:aws:a' }, 'arn:aws:a'],
  ])('%s with %j', (type, properties, form) => {
    const [ref, arn] = referred(ofType(type, properties));
    expect(ref).toMatch(new RegExp(`^${form}$`));
    expect(arn).toBe(ref);
  });

  test('a listener and its rule have the ARN of their load balancer, with ids of their own', () => {
    const others = {
      Balancer: ofType('AWS::ElasticLoadBalancingV2::LoadBalancer', { Name: 'front' }),
      Listener: ofType('AWS::ElasticLoadBalancingV2::Listener', { LoadBalancerArn: { Ref: 'Balancer' } }),
    };
    const [ref] = referred(
      ofType('AWS::ElasticLoadBalancingV2::ListenerRule', { ListenerArn: { Ref: 'Listener' } }),
      others,
    );
    expect(ref).toMatch(
      new RegExp(`^${regional('elasticloadbalancing', `listener-rule/app/front/${id}/${id}/${id}`)}$`),
    );
  });

  test('versions and aliases of a state machine have its ARN and a qualifier', () => {
    const others = {
      Machine: ofType('AWS::StepFunctions::StateMachine', { StateMachineName: 'machine' }),
      Version: ofType('AWS::StepFunctions::StateMachineVersion', { StateMachineArn: { Ref: 'Machine' } }),
    };
    const route = { RoutingConfiguration: [{ StateMachineVersionArn: { Ref: 'Version' }, Weight: 100 }] };
    const alias = ofType('AWS::StepFunctions::StateMachineAlias', { Name: 'live', ...route });
    expect(referred(alias, others)[0]).toBe(regional('states', 'stateMachine:machine:live'));
    expect(referred(others.Version, others)[0]).toBe(regional('states', 'stateMachine:machine:1'));
  });
});

describe('the Ref of a type that is not known is its name, and its ARN', () => {
  test.each<[string, string, JsonObject, string]>([
    ['of the general form', 'AWS::DynamoDB::Table', { TableName: 'it' }, regional('dynamodb', 'table/it')],
    ['of a user', 'AWS::IAM::User', { UserName: 'it', Path: '/a/' }, 'arn:aws:iam::111111111111:user/a/it'],
    ['of an event bus', 'AWS::Events::EventBus', { Name: 'it' }, regional('events', 'event-bus/it')],
    ['of a database', 'AWS::RDS::DBCluster', { DBClusterName: 'it' }, regional('rds', 'cluster:it')],
    [
      'of a service with another prefix',
      'AWS::KinesisFirehose::DeliveryStream',
      { DeliveryStreamName: 'it' },
      regional('firehose', 'deliverystream/it'),
    ],
  ])('%s', (_, type, properties, arn) => {
    expect(referred(ofType(type, properties))).toEqual(['it', arn]);
  });
});

describe('a policy on an opaque resource', () => {
  const granted = (resource: Json, others: Template['Resources']) =>
    resolved({
      ...others,
      Policy: ofType('AWS::IAM::Policy', {
        PolicyName: 'it',
        PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: resource }] },
      }),
    }).at(-1);
  const place = 'Policy.Properties.PolicyDocument.Statement.0.Resource';
  const of = (bar: TemplateResource): Template['Resources'] => ({ Bar: bar });

  test.each<[string, Json, string]>([
    ['by its Ref', { Ref: 'Bar' }, place],
    ['by its Ref in a list', ['arn:aws:s3:::b', { Ref: 'Bar' }], `${place}.1`],
    ['by its Ref in a text', { 'Fn::Join': ['', [{ Ref: 'Bar' }, '/*']] }, place],
  ])('%s is unresolved where the Ref could be an ARN', (_, resource, at) => {
    const policy = granted(resource, of(ofType('AWS::Foo::Bar')));
    expect(policy?.unresolved).toEqual([`${at}: no ARN is known for Ref of AWS::Foo::Bar Bar`]);
    expect(JSON.stringify(policy?.properties)).toContain('<unresolved>');
  });

  test.each<[string, Json, TemplateResource, Json]>([
    [
      'the Ref is an ARN',
      { Ref: 'Bar' },
      ofType('AWS::Batch::JobQueue', { JobQueueName: 'it' }),
      regional('batch', 'job-queue/it'),
    ],
    [
      'the Ref is part of an ARN',
      { 'Fn::Sub': 'arn:aws:foo:::bar/${Bar}' },
      ofType('AWS::Foo::Bar', { BarName: 'it' }),
      'arn:aws:foo:::bar/it',
    ],
    [
      'it is of a known type, whose Ref is no ARN',
      { Ref: 'Bar' },
      ofType('AWS::S3::Bucket', { BucketName: 'it' }),
      'it',
    ],
  ])('is resolved where %s', (_, resource, bar, expected) => {
    const policy = granted(resource, of(bar));
    expect(policy?.unresolved).toEqual([]);
    expect(policy?.properties['PolicyDocument']).toMatchObject({ Statement: [{ Resource: expected }] });
  });
});

test.each<[string, JsonObject, string, string]>([
  [
    'AWS::ECR::Repository',
    { RepositoryName: 'it' },
    'RepositoryUri',
    '111111111111.dkr.ecr.eu-west-1.amazonaws.com/it',
  ],
  [
    'AWS::DynamoDB::Table',
    { TableName: 'it' },
    'StreamArn',
    regional('dynamodb', 'table/it/stream/2026-01-01T00:00:00.000'),
  ],
  ['AWS::DynamoDB::Table', { TableName: 'it' }, 'Arn', regional('dynamodb', 'table/it')],
])('%s %j has the attribute %s of a form of its own', (type, properties, attribute, expected) => {
  const Asking = ofType('AWS::SSM::Parameter', { Value: { 'Fn::GetAtt': ['It', attribute] } });
  expect(resolved({ It: ofType(type, properties), Asking }).at(-1)?.properties['Value']).toBe(expected);
});
