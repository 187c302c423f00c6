import type { JsonObject } from '@crosswind/aws/json';
import type { Waiver } from '../../../policies/waiver.ts';
import {
  appended,
  both,
  type Mutation,
  removed,
  rewritten,
  role,
  stage,
  withDefinition,
  withMetadata,
  withProperties,
  withResource,
  withStatement,
  withStatements,
} from './mutations.ts';

/** A violation of a rule, and the same change without the violation. */
export interface Violation {
  readonly id: string;
  readonly what: string;
  readonly broken: Mutation;
  readonly repaired: Mutation;
}

const policyOfFunction = `${stage}/Child/Count/Role/DefaultPolicy/Resource`;
export const target = `${stage}/Target/Resource/Resource`;
const policyOfTarget = `${stage}/Target/Resource/DefaultPolicy/Resource`;
const source = { 'Fn::GetAtt': ['ChildSourceE98EE9D3', 'Arn'] };
const objects = { 'Fn::Join': ['', [source, '/*']] };
const alarm = 'Crosswind/observability/Fleet/stuck-parents/Resource/Resource';
const oidc = 'arn:aws:iam::444444444444:oidc-provider/token.actions.githubusercontent.com';
const onlyReader = {
  StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:example-org/platform:ref:refs/heads/main' },
};
const web = { Principal: { Federated: oidc }, Action: 'sts:AssumeRoleWithWebIdentity' };

const grant = (path: string, statement: JsonObject): Mutation =>
  withStatement(path, 'PolicyDocument', { Effect: 'Allow', ...statement });

/** The permission of the function in two forms that mean the same. */
const reading = (resource: JsonObject | readonly JsonObject[]): Mutation =>
  withStatements(policyOfFunction, 'PolicyDocument', (statements) =>
    statements.map((each) => (each['Action'] === 's3:GetObject' ? { ...each, Resource: resource } : each)),
  );
const asBefore = reading([objects]);

export const waiver = (rule: string, until: `${number}-${number}-${number}`, path = '*'): Waiver => ({
  ...{ rule, path: `${stage}/${path}`, reason: 'a reason that is long enough', owner: 'letters-team', until },
  place: 'services/word-count/waivers.yaml:3:5',
});
export const waived = (...waivers: readonly Waiver[]): Mutation => ({
  inputs: (inputs) => ({ ...inputs, waivers: [...inputs.waivers, ...waivers] }),
});
/** A role that nothing uses yet, which a waiver accepts. */
const unused = (id: string, action: string): Mutation => waived(waiver(`REACH-3[${action}]`, '2099-01-01', id));

const pass = { Type: 'Pass', End: true };
const workflow = (state: JsonObject): Mutation =>
  withDefinition({ QueryLanguage: 'JSONata', StartAt: 'Years', States: { Years: state } });
const inParallel = (state: JsonObject, retry: JsonObject = {}): Mutation =>
  workflow({ Type: 'Parallel', End: true, Branches: [{ StartAt: 'Inner', States: { Inner: state } }], ...retry });

const queue = (id: string, name: string): Mutation => withResource(id, 'AWS::SQS::Queue', { QueueName: name });

const alarmWith = (change: JsonObject): Mutation =>
  withProperties(alarm, (properties) => ({ ...properties, ...change }));
const dashboard = (body: JsonObject): Mutation =>
  withResource('Extra', 'AWS::CloudWatch::Dashboard', {
    DashboardName: 'crosswind-extra',
    DashboardBody: JSON.stringify(body),
  });
const text = (y: number): JsonObject => ({
  type: 'text',
  x: 0,
  y,
  width: 24,
  height: 2,
  properties: { markdown: 'words' },
});

/** One violation of each rule, in the stage of a workload where it can be there. */
export const violations: readonly Violation[] = [
  {
    id: 'REACH-1',
    what: 'a target role that may not describe what it started',
    broken: withStatements(policyOfTarget, 'PolicyDocument', (statements) =>
      statements.map((each) => (Array.isArray(each['Action']) ? { ...each, Action: 'states:StopExecution' } : each)),
    ),
    repaired: withStatements(policyOfTarget, 'PolicyDocument', (statements) =>
      statements.flatMap((each) =>
        Array.isArray(each['Action']) ? each['Action'].map((Action: string) => ({ ...each, Action })) : [each],
      ),
    ),
  },
  {
    id: 'REACH-2',
    what: 'a function with a role that no template makes',
    broken: withProperties(`${stage}/Child/Count/Resource/Resource`, (properties) => ({
      ...properties,
      Role: 'arn:aws:iam::444444444444:role/somebody',
    })),
    repaired: withProperties(`${stage}/Child/Count/Resource/Resource`, (properties) => ({
      ...properties,
      Description: 'another one',
    })),
  },
  {
    id: 'REACH-3',
    what: 'a permission that no call needs',
    broken: grant(policyOfFunction, { Action: 's3:GetObjectVersion', Resource: objects }),
    repaired: both(
      grant(policyOfFunction, { Action: 's3:GetObjectVersion', Resource: objects }),
      withMetadata(`${stage}/Child/Count/Resource/Resource`, {
        'crosswind:calls': [{ actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [objects] }],
      }),
    ),
  },
  {
    id: 'TRUST-1',
    what: 'a role that another account may assume without a condition',
    broken: withStatements(target, 'AssumeRolePolicyDocument', (statements) =>
      statements.map(({ Condition: _, ...each }) => each),
    ),
    repaired: withStatements(target, 'AssumeRolePolicyDocument', (statements) =>
      statements.map((each) => ({ Sid: 'Parent', ...each })),
    ),
  },
  {
    id: 'TRUST-2',
    what: 'a role for every repository',
    broken: role('Deployer', web),
    repaired: both(
      role('Deployer', { ...web, Condition: onlyReader }),
      unused('Deployer', 'sts:AssumeRoleWithWebIdentity'),
    ),
  },
  {
    id: 'ACCESS-1',
    what: 'a wildcard in an action',
    broken: grant(policyOfFunction, { Action: 's3:*', Resource: objects }),
    repaired: asBefore,
  },
  { id: 'ACCESS-2', what: 'an action on everything', broken: reading([{ 'Fn::Sub': '*' }]), repaired: asBefore },
  {
    id: 'ACCESS-3',
    what: 'a policy of administrators',
    broken: role(
      'Admin',
      { Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      {
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
      },
    ),
    repaired: both(
      role('Admin', { Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
      unused('Admin', 'sts:AssumeRole'),
    ),
  },
  {
    id: 'ACCESS-4',
    what: 'a role that may write its own policy',
    broken: grant(policyOfFunction, {
      Action: 'iam:PutRolePolicy',
      Resource: { 'Fn::GetAtt': ['ChildCountRole2B450180', 'Arn'] },
    }),
    repaired: asBefore,
  },
  {
    id: 'ACCESS-5',
    what: 'a role without its boundary',
    broken: withProperties(target, ({ PermissionsBoundary: _, ...properties }) => properties),
    repaired: withProperties(target, (properties) => ({ ...properties, MaxSessionDuration: 3_600 })),
  },
  {
    id: 'PUBLIC-1',
    what: 'a bucket that everybody may read',
    broken: grant(`${stage}/Child/Source/Policy/Resource`, {
      Principal: '*',
      Action: 's3:GetObject',
      Resource: objects,
    }),
    repaired: withStatement(`${stage}/Child/Source/Policy/Resource`, 'PolicyDocument', {
      ...{ Effect: 'Deny', Principal: '*', Action: 's3:DeleteBucket', Resource: source },
    }),
  },
  {
    id: 'PUBLIC-2',
    what: 'a URL of a function that asks nobody who he is',
    broken: withResource('Url', 'AWS::Lambda::Url', {
      AuthType: 'NONE',
      TargetFunctionArn: { Ref: 'ChildCountCC171DF5' },
    }),
    repaired: withResource('Url', 'AWS::Lambda::Url', {
      AuthType: 'AWS_IAM',
      TargetFunctionArn: { Ref: 'ChildCountCC171DF5' },
    }),
  },
  {
    id: 'DEPLOY-1',
    what: 'a service that the account may not deploy',
    broken: withResource('Database', 'AWS::Redshift::ClusterParameterGroup', {
      Description: 'x',
      ParameterGroupFamily: 'redshift-1.0',
    }),
    repaired: withResource('Database', 'AWS::SQS::Queue', {}),
  },
  {
    id: 'TEMPLATE-1',
    what: 'a module that the deployment expands',
    broken: withResource('Module', 'Example::Some::Thing::MODULE', {}),
    repaired: withResource('Module', 'AWS::SNS::Topic', {}),
  },
  {
    id: 'WAIVER-4',
    what: 'metadata that silences a checker',
    broken: withMetadata(target, { cdk_nag: { rules_to_suppress: [{ id: 'AwsSolutions-IAM5' }] } }),
    repaired: withMetadata(target, { note: 'nothing is silenced' }),
  },
  {
    id: 'WORKFLOW-1',
    what: 'a Task without a timeout',
    broken: inParallel({
      Type: 'Task',
      End: true,
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'crosswind-none' },
    }),
    repaired: inParallel(pass),
  },
  {
    id: 'WORKFLOW-2',
    what: 'a Retry without an end',
    broken: inParallel(pass, {
      Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 99_999_999, MaxDelaySeconds: 60 }],
    }),
    repaired: inParallel(pass, { Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 9, MaxDelaySeconds: 60 }] }),
  },
  {
    id: 'WORKFLOW-3',
    what: 'a state that leads nowhere',
    broken: workflow({ Type: 'Pass' }),
    repaired: workflow(pass),
  },
  {
    id: 'NAME-1',
    what: 'two queues of one name',
    broken: both(queue('One', 'crosswind-one'), queue('Two', 'crosswind-one')),
    repaired: both(queue('One', 'crosswind-one'), queue('Two', 'crosswind-two')),
  },
  {
    id: 'SECRET-1',
    what: 'a password in an environment variable',
    broken: withProperties(`${stage}/Child/Sum/Resource/Resource`, (properties) => ({
      ...properties,
      Environment: { Variables: { DB_PASSWORD: 'hunter2' } },
    })),
    repaired: withProperties(`${stage}/Child/Sum/Resource/Resource`, (properties) => ({
      ...properties,
      Environment: { Variables: { DB_PASSWORD: '{{resolve:secretsmanager:prod/db:SecretString:password}}' } },
    })),
  },
  {
    id: 'OBS-1',
    what: 'an alarm whose runbook nobody wrote',
    broken: alarmWith({ AlarmDescription: 'Runbook: docs/runbooks/none.md' }),
    repaired: alarmWith({ AlarmDescription: 'other words. Runbook: docs/runbooks/stuck-parents.md' }),
  },
  {
    id: 'OBS-2',
    what: 'an alarm without an action',
    broken: alarmWith({ AlarmActions: [] }),
    repaired: alarmWith({ Threshold: 2 }),
  },
  {
    id: 'OBS-3',
    what: 'an alarm that does not say what missing data means',
    broken: withProperties(alarm, ({ TreatMissingData: _, ...properties }) => properties),
    repaired: alarmWith({ TreatMissingData: 'ignore' }),
  },
  {
    id: 'OBS-4',
    what: 'an alarm of a topic that CloudWatch may not publish to',
    broken: withStatements(
      'Crosswind/observability/Alerts/Alerts/Page/Policy/Resource',
      'PolicyDocument',
      (statements) => statements.filter(({ Principal }) => !JSON.stringify(Principal).includes('cloudwatch')),
    ),
    repaired: withStatements(
      'Crosswind/observability/Alerts/Alerts/Page/Policy/Resource',
      'PolicyDocument',
      (statements) => [...statements].reverse(),
    ),
  },
  {
    id: 'OBS-5',
    what: 'an alarm on a metric that nobody emits',
    broken: withProperties(alarm, ({ Metrics: _, ...properties }) => ({
      ...properties,
      ...{ Namespace: 'Crosswind', MetricName: 'NobodyEmits', Statistic: 'Sum', Period: 300 },
    })),
    repaired: alarmWith({ EvaluationPeriods: 3 }),
  },
  {
    id: 'OBS-6',
    what: 'a dashboard whose widgets lie on each other',
    broken: dashboard({ widgets: [text(0), text(1)] }),
    repaired: dashboard({ widgets: [text(0), text(2)] }),
  },
  {
    id: 'LIMIT-1',
    what: 'a name that is too long',
    broken: queue('Long', `crosswind-${'n'.repeat(71)}`),
    repaired: queue('Long', `crosswind-${'n'.repeat(70)}`),
  },
  {
    id: 'WAIVER-1',
    what: 'a waiver that accepts nothing',
    broken: waived(waiver('OBS-2', '2099-01-01')),
    repaired: waived({ ...waiver('OBS-2', '2099-01-01'), ofBlock: true }),
  },
  {
    id: 'WAIVER-2',
    what: 'a waiver of cdk-nag that is due',
    broken: waived(waiver('AwsSolutions-L1', '2026-01-01')),
    repaired: waived(waiver('AwsSolutions-L1', '2099-01-01')),
  },
  {
    id: 'WAIVER-3',
    what: 'an acknowledgement in code',
    broken: rewritten('assembly-Crosswind-dev-word-count/CrosswinddevwordcountChild5F1A3F73.metadata.json', (json) =>
      JSON.stringify({
        ...(JSON.parse(json) as object),
        '/Crosswind/dev-word-count/Child/New': [
          { type: 'aws:cdk:acknowledged-rules', data: { 'AwsSolutions-IAM5': 'no danger' } },
        ],
      }),
    ),
    repaired: rewritten('assembly-Crosswind-dev-word-count/CrosswinddevwordcountChild5F1A3F73.metadata.json', (json) =>
      JSON.stringify({
        ...(JSON.parse(json) as object),
        '/Crosswind/dev-word-count/Child/New': [
          { type: 'aws:cdk:acknowledged-rules', data: { 'Annotation::@aws-cdk/core:some': 'a warning of the CDK' } },
        ],
      }),
    ),
  },
  {
    id: 'POLICY-1',
    what: 'a definition that no judge can read',
    broken: withProperties(`${stage}/Years/Workflow/Resource/Resource`, ({ DefinitionString: _, ...properties }) => ({
      ...properties,
      DefinitionS3Location: { Bucket: 'elsewhere', Key: 'definition.json' },
    })),
    repaired: workflow(pass),
  },
  {
    id: 'POLICY-2',
    what: 'an assembly of the sandbox',
    broken: rewritten('validation-report.json', (json) => {
      const report = JSON.parse(json) as { readonly pluginReports: readonly object[] };
      const violation = { ruleName: 'POLICY-2', severity: 'fatal', description: 'x', violatingConstructs: [] };
      const unjudged = { pluginName: 'Crosswind', conclusion: 'failure', violations: [violation] };
      return JSON.stringify({ ...report, pluginReports: [...report.pluginReports, unjudged] });
    }),
    repaired: removed('validation-report.json'),
  },
  {
    id: 'POLICY-4',
    what: 'a policy of the organization that somebody else wrote',
    broken: rewritten('baseline/service-control/crosswind-workload.json', () => '{"Statement":[]}\n'),
    repaired: appended('cdk.out', '\n'),
  },
];
