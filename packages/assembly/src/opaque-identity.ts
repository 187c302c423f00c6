import { type Json, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { servicePrefix } from '@crosswind/aws/arn';
import type { ResourceIdentity } from './resource-identity.ts';
import { nameOf, regionalArn, type ResourcePlace, suffix, uuid } from './resource-place.ts';

/** The value of a property of the resource, resolved when it is asked for. */
export type PropertyOf = (name: string) => Json | undefined;

interface Named {
  readonly place: ResourcePlace;
  readonly name: string;
  readonly property: PropertyOf;
}

/** End of an ARN after service, region and account, with the placeholders NAME, ID (16 digits), UUID; or the whole ARN. */
type Form = string | ((resource: Named) => string);

const ofIam =
  (kind: string): Form =>
  ({ place, name, property }) =>
    `arn:${place.partition}:iam::${place.account}:${kind}${textOf(property('Path')) || '/'}${name}`;

const ofLoadBalancer: Form = ({ place, name, property }) => {
  const kind = { network: 'net', gateway: 'gwy' }[textOf(property('Type'))] ?? 'app';
  return regionalArn(place, 'elasticloadbalancing', `loadbalancer/${kind}/${name}/${hexadecimal(place)}`);
};

/** A listener has the ARN of its load balancer with another kind and its own id, and a rule that of its listener. */
const below =
  (parent: string, from: string, to: string): Form =>
  ({ place, property }) =>
    `${textOf(property(parent)).replace(`:${from}/`, `:${to}/`)}/${hexadecimal(place)}`;

/** ARN of a function's version or alias: that of the function and a qualifier. */
const ofFunction =
  (qualifier: (resource: Named) => string): Form =>
  (resource) => {
    const name = textOf(resource.property('FunctionName')).split(':').at(-1) ?? '';
    return regionalArn(resource.place, 'lambda', `function:${name}:${qualifier(resource)}`);
  };

const ofStateMachineAlias: Form = ({ name, property }) => {
  const route = objectOf(property('DeploymentPreference') ?? listOf(property('RoutingConfiguration'))[0]);
  return textOf(route['StateMachineVersionArn']).replace(/[^:]*$/, name);
};

/** Types whose `Ref` is their ARN ("Return values" of their pages in the CloudFormation reference). */
const refIsArn: Readonly<Record<string, Form>> = {
  'AWS::ACMPCA::CertificateAuthority': 'certificate-authority/UUID',
  'AWS::AppRunner::Service': 'service/NAME/ID',
  'AWS::AppSync::GraphQLApi': 'apis/ID',
  'AWS::Batch::ComputeEnvironment': 'compute-environment/NAME',
  'AWS::Batch::JobDefinition': 'job-definition/NAME:1',
  'AWS::Batch::JobQueue': 'job-queue/NAME',
  'AWS::Batch::SchedulingPolicy': 'scheduling-policy/NAME',
  'AWS::CertificateManager::Certificate': 'certificate/UUID',
  'AWS::CloudFormation::Stack': 'stack/NAME/UUID',
  'AWS::CodeBuild::ReportGroup': 'report-group/NAME',
  'AWS::CodeStarConnections::Connection': 'connection/UUID',
  'AWS::CodeStarNotifications::NotificationRule': 'notificationrule/ID',
  'AWS::DMS::Endpoint': 'endpoint:ID',
  'AWS::DMS::ReplicationTask': 'task:ID',
  'AWS::DataSync::Task': 'task/task-ID',
  'AWS::ECS::Service': ({ place, name, property }) =>
    regionalArn(
      place,
      'ecs',
      `service/${textOf(property('Cluster') ?? 'default')
        .split('/')
        .at(-1)}/${name}`,
    ),
  'AWS::ECS::TaskDefinition': ({ place, name, property }) =>
    regionalArn(place, 'ecs', `task-definition/${textOf(property('Family')) || name}:1`),
  'AWS::ElasticLoadBalancingV2::Listener': below('LoadBalancerArn', 'loadbalancer', 'listener'),
  'AWS::ElasticLoadBalancingV2::ListenerRule': below('ListenerArn', 'listener', 'listener-rule'),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ofLoadBalancer,
  'AWS::ElasticLoadBalancingV2::TargetGroup': 'targetgroup/NAME/ID',
  'AWS::IAM::OIDCProvider': ({ place, property }) =>
    `arn:${place.partition}:iam::${place.account}:oidc-provider/${textOf(property('Url')).replace(/^https:\/\//, '')}`,
  'AWS::IAM::SAMLProvider': ({ place, name }) => `arn:${place.partition}:iam::${place.account}:saml-provider/${name}`,
  'AWS::Kinesis::StreamConsumer': ({ name, property }) => `${textOf(property('StreamARN'))}/consumer/${name}:1`,
  'AWS::Lambda::Alias': ofFunction(({ name }) => name),
  'AWS::Lambda::CodeSigningConfig': 'code-signing-config:csc-ID',
  'AWS::Lambda::LayerVersion': ({ place, name, property }) =>
    regionalArn(place, 'lambda', `layer:${textOf(property('LayerName')) || name}:1`),
  'AWS::Lambda::Version': ofFunction(() => '1'),
  'AWS::MSK::Cluster': 'cluster/NAME/UUID',
  'AWS::MSK::ServerlessCluster': 'cluster/NAME/UUID',
  'AWS::NetworkFirewall::Firewall': 'firewall/NAME',
  'AWS::SageMaker::Endpoint': 'endpoint/NAME',
  'AWS::SageMaker::EndpointConfig': 'endpoint-config/NAME',
  'AWS::SageMaker::Model': 'model/NAME',
  'AWS::SecretsManager::Secret': ({ place, name }) =>
    regionalArn(place, 'secretsmanager', `secret:${name}-${suffix(place, 'secret', 6)}`),
  'AWS::SecretsManager::SecretTargetAttachment': ({ property }) => textOf(property('SecretId')),
  'AWS::StepFunctions::StateMachineAlias': ofStateMachineAlias,
  'AWS::StepFunctions::StateMachineVersion': ({ property }) => `${textOf(property('StateMachineArn'))}:1`,
};

/** Types with another ARN than the general form, whose `Ref` is a name or an id. */
const refIsName: Readonly<Record<string, Form>> = {
  'AWS::ApiGateway::RestApi': ({ place, name }) =>
    `arn:${place.partition}:apigateway:${place.region}::/restapis/${name}`,
  'AWS::ApiGatewayV2::Api': ({ place, name }) => `arn:${place.partition}:apigateway:${place.region}::/apis/${name}`,
  'AWS::CloudFront::Distribution': ({ place, name }) =>
    `arn:${place.partition}:cloudfront::${place.account}:distribution/${name}`,
  'AWS::CodeCommit::Repository': 'NAME',
  'AWS::Cognito::IdentityPool': ({ place, name }) => regionalArn(place, 'cognito-identity', `identitypool/${name}`),
  'AWS::EFS::AccessPoint': 'access-point/NAME',
  'AWS::EFS::FileSystem': 'file-system/NAME',
  'AWS::Events::EventBus': 'event-bus/NAME',
  'AWS::IAM::Group': ofIam('group'),
  'AWS::IAM::InstanceProfile': ofIam('instance-profile'),
  'AWS::IAM::User': ofIam('user'),
  'AWS::RDS::DBCluster': 'cluster:NAME',
  'AWS::RDS::DBInstance': 'db:NAME',
  'AWS::Route53::HostedZone': ({ place, name }) => `arn:${place.partition}:route53:::hostedzone/${name}`,
  'AWS::S3::AccessPoint': 'accesspoint/NAME',
};

/** Attributes of a form of their own, besides the ARN ("Return values" of their pages). */
const attributes: Readonly<
  Record<string, (place: ResourcePlace, name: string, arn: string) => ResourceIdentity['attributes']>
> = {
  'AWS::DynamoDB::Table': (_, __, arn) => ({ StreamArn: `${arn}/stream/2026-01-01T00:00:00.000` }),
  'AWS::ECR::Repository': ({ account, region, partition }, name) => {
    const domain = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    return { RepositoryUri: `${account}.dkr.ecr.${region}.${domain}/${name}` };
  },
};

/**
 * An identity for a type that `identify` does not know, so that templates with it can run. Where no table holds the type,
 * name and ARN have the form that most services use: `arn:aws:dynamodb:eu-west-1:111111111111:table/Name`.
 */
export function opaqueIdentity(type: string, place: ResourcePlace, property: PropertyOf): ResourceIdentity {
  const [, namespace = '', kind = ''] = type.split('::');
  const name = nameOf(place, property(`${kind}Name`) ?? property('Name'), 255);
  const form = refIsArn[type] ?? refIsName[type] ?? `${kind.toLowerCase()}/NAME`;
  const arn =
    typeof form === 'string'
      ? regionalArn(place, servicePrefix(namespace), filledIn(form, place, name))
      : form({ place, name, property });
  return {
    name,
    arn,
    ref: type in refIsArn ? arn : name,
    attributes: { Arn: arn, ...attributes[type]?.(place, name, arn) },
    isOpaque: true,
  };
}

const filledIn = (form: string, place: ResourcePlace, name: string): string =>
  form.replace(/NAME|UUID|ID/g, (what) => ({ NAME: name, UUID: uuid(place), ID: hexadecimal(place) })[what] ?? what);

const hexadecimal = (place: ResourcePlace): string => suffix(place, 'id', 16).toLowerCase();
