import { assembled } from '@crosswind/assembly/testing/assembled';
import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import type { Template, TemplateResource } from '@crosswind/assembly/template';
import type { Json, JsonObject } from '@crosswind/aws/json';
import type { LimitName } from '@crosswind/aws/quotas';

/** Stacks that use `used` of a limit, and no more than fits of any other. */
export type Holding = (used: number) => readonly AssembledStack[];

const times = <T>(used: number, item: (index: number) => T): readonly T[] =>
  Array.from({ length: used }, (_, index) => item(index));

const keyed = <T>(used: number, item: (index: number) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(times(used, (index) => [`It${index}`, item(index)]));

const one = (template: Partial<Template>, given: Partial<AssembledStack> = {}): readonly AssembledStack[] => [
  assembled(template, given),
];

const resource = (Type: string, Properties: JsonObject): TemplateResource => ({
  Type,
  Properties,
  Metadata: { 'aws:cdk:path': 'App/One/It' },
});

const single = (Type: string, Properties: JsonObject): readonly AssembledStack[] =>
  one({ Resources: { It: resource(Type, Properties) } });

/** A document whose text has that length. */
export function documentOf(length: number): JsonObject {
  const statement = (padding: string): JsonObject => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: padding }],
  });
  return statement('x'.repeat(length - JSON.stringify(statement('')).length));
}

const named =
  (type: string, property: string): Holding =>
  (used) =>
    single(type, { [property]: 'n'.repeat(used) });

const governed =
  (type: string, property: string): Holding =>
  (used) =>
    single(type, { [property]: documentOf(used) });

const stage = (name: string, actions: readonly Json[]): JsonObject => ({ Name: name, Actions: actions });

const pipeline = (...stages: readonly JsonObject[]): readonly AssembledStack[] =>
  single('AWS::CodePipeline::Pipeline', { Name: 'crosswind', Stages: stages });

const action = (name: string, Configuration: JsonObject = {}): JsonObject => ({ Name: name, Configuration });

const dashboard = (...widgets: readonly (readonly Json[])[]): readonly AssembledStack[] =>
  single('AWS::CloudWatch::Dashboard', {
    DashboardBody: JSON.stringify({
      widgets: widgets.map((metrics, index) => ({ properties: { title: `widget ${index}`, metrics } })),
    }),
  });

const metric = (index: number): Json => [
  'AWS/States',
  'ExecutionsFailed',
  { label: `tenant-${index}`, accountId: '222222222222' },
];
const expression = (text: string): Json => [{ expression: text }];

/** For every limit, stacks that use a given part of it. */
export const holdings: Readonly<Record<Exclude<LimitName, 'linksOfSink' | 'inputArtifact'>, Holding>> = {
  templateBytes: (used) => {
    const template = (padding: string): Partial<Template> => ({
      Resources: {
        Small: { Type: 'Custom::Thing', Properties: { Text: 'x' }, Metadata: { 'aws:cdk:path': 'App/One/Small' } },
        It: { ...resource('Custom::Thing', { Text: padding }) },
      },
    });
    const [empty] = one(template(''));
    return one(template('x'.repeat(used - JSON.stringify(empty?.template, undefined, 1).length)));
  },
  templateResources: (used) => one({ Resources: keyed(used, () => ({ Type: 'Custom::Thing' })) }),
  templateOutputs: (used) => one({ Outputs: keyed(used, () => ({ Value: 'x' })) }),
  templateParameters: (used) => one({ Parameters: keyed(used, () => ({ Type: 'String' })) }),
  templateMappings: (used) => one({ Mappings: keyed(used, () => ({ a: { b: 'c' } })) }),
  stackName: (used) => one({}, { name: 'n'.repeat(used) }),
  stacks: (used) => times(used, (index) => assembled({}, { id: `s${index}`, name: `s${index}`, path: `App/${index}` })),

  pipelineStages: (used) => pipeline(...times(used, (index) => stage(`prod.${index}`, [action('tenant-a.Parent')]))),
  pipelineActions: (used) =>
    pipeline(
      ...times(Math.ceil(used / 50), (index) =>
        stage(
          `prod.${index}`,
          times(Math.min(50, used - 50 * index), (place) => action(`tenant-${50 * index + place}.Parent`)),
        ),
      ),
    ),
  stageActions: (used) =>
    pipeline(
      stage(
        'prod',
        times(used, (index) => action(`tenant-${index}.Parent`)),
      ),
    ),
  pipelineName: (used) => single('AWS::CodePipeline::Pipeline', { Name: 'n'.repeat(used), Stages: [] }),
  stageName: (used) => pipeline(stage('n'.repeat(used), [])),
  actionName: (used) => pipeline(stage('prod', [action('n'.repeat(used))])),
  actionConfiguration: (used) => pipeline(stage('prod', [action('Approve', { CustomData: 'x'.repeat(used) })])),

  dashboardMetrics: (used) =>
    dashboard(
      ...times(Math.ceil(used / 500), (widget) =>
        times(Math.min(500, used - 500 * widget), (index) => metric(500 * widget + index)),
      ),
    ),
  widgetMetrics: (used) => dashboard(times(used, metric)),
  dashboardWidgets: (used) => dashboard(...times(used, () => [])),
  widgetSearches: (used) => dashboard(times(used, () => expression('SEARCH(\'{AWS/States} "x"\', "Sum", 60)'))),
  searchExpression: (used) => dashboard([expression(`SEARCH('${'x'.repeat(used - 10)}')`)]),
  widgetQueries: (used) => dashboard(times(used, () => expression('SELECT SUM(ExecutionsFailed) FROM "AWS/States"'))),
  alarmActions: (used) => single('AWS::CloudWatch::Alarm', { AlarmActions: times(used, (index) => `arn:${index}`) }),
  alarmMetrics: (used) => single('AWS::CloudWatch::Alarm', { Metrics: times(used, (index) => ({ Id: `m${index}` })) }),

  sinks: (used) => one({ Resources: keyed(used, () => resource('AWS::Oam::Sink', { Name: 'crosswind' })) }),
  linksOfAccount: (used) => one({ Resources: keyed(used, () => resource('AWS::Oam::Link', {})) }),

  managedPolicy: governed('AWS::IAM::ManagedPolicy', 'PolicyDocument'),
  inlinePolicies: (used) =>
    one({
      Resources: {
        It: resource('AWS::IAM::Role', {
          RoleName: 'worker',
          Policies: [{ PolicyName: 'own', PolicyDocument: documentOf(1_000) }],
        }),
        More: resource('AWS::IAM::Policy', {
          PolicyName: 'more',
          Roles: [{ Ref: 'It' }],
          PolicyDocument: documentOf(used - 2_000),
        }),
        Last: resource('AWS::IAM::RolePolicy', {
          PolicyName: 'last',
          RoleName: 'worker',
          PolicyDocument: documentOf(1_000),
        }),
      },
    }),
  attachedPolicies: (used) => single('AWS::IAM::Role', { ManagedPolicyArns: times(used, (index) => `arn:${index}`) }),
  trustPolicy: governed('AWS::IAM::Role', 'AssumeRolePolicyDocument'),
  roleName: named('AWS::IAM::Role', 'RoleName'),
  policyName: named('AWS::IAM::ManagedPolicy', 'ManagedPolicyName'),

  bucketPolicy: governed('AWS::S3::BucketPolicy', 'PolicyDocument'),
  keyPolicy: governed('AWS::KMS::Key', 'KeyPolicy'),
  topicPolicy: governed('AWS::SNS::TopicPolicy', 'PolicyDocument'),
  queuePolicy: governed('AWS::SQS::QueuePolicy', 'PolicyDocument'),
  logPolicy: (used) => single('AWS::Logs::ResourcePolicy', { PolicyDocument: JSON.stringify(documentOf(used)) }),
  logPolicies: (used) => one({ Resources: keyed(used, () => resource('AWS::Logs::ResourcePolicy', {})) }),

  definition: (used) => single('AWS::StepFunctions::StateMachine', { DefinitionString: 'x'.repeat(used) }),
  stateMachineName: named('AWS::StepFunctions::StateMachine', 'StateMachineName'),
  functionEnvironment: (used) =>
    single('AWS::Lambda::Function', { Environment: { Variables: { A: 'x'.repeat(used - '{"A":""}'.length) } } }),
  functionName: named('AWS::Lambda::Function', 'FunctionName'),
  bucketName: named('AWS::S3::Bucket', 'BucketName'),
  queueName: named('AWS::SQS::Queue', 'QueueName'),
  topicName: named('AWS::SNS::Topic', 'TopicName'),
  alarmName: named('AWS::CloudWatch::Alarm', 'AlarmName'),
  dashboardName: named('AWS::CloudWatch::Dashboard', 'DashboardName'),
  logGroupName: named('AWS::Logs::LogGroup', 'LogGroupName'),
  scheduleName: named('AWS::Scheduler::Schedule', 'Name'),
  ruleName: named('AWS::Events::Rule', 'Name'),
};
