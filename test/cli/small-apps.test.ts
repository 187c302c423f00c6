import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack as ResolvedStack } from '@crosswind/assembly/resolve';
import { opaqueLine, openSandbox, type Sandbox } from '@crosswind/sandbox/sandbox';
import { CfnParameter, CustomResource, Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import { Alarm, AlarmRule, CompositeAlarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import {
  ArnPrincipal,
  type IRole,
  ManagedPolicy,
  PermissionsBoundary,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Alias, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { DefinitionBody, LogLevel, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { temporaryDirectory } from '../temporary-directory.ts';
import { accountOf, region, type SmallApp, synthesizeSmallApps } from './small-apps.ts';

/** ARN of something that somebody else made in the account. */
const existing = (stack: Stack, service: string, resource: string, at: string = region): string =>
  `arn:aws:${service}:${at}:${stack.account}:${resource}`;
const importedRole = (stack: Stack): IRole =>
  Role.fromRoleArn(stack, 'Existing', existing(stack, 'iam', 'role/teams/existing', ''));

const fn = (stack: Stack, id: string, props: { readonly role?: IRole; readonly code?: Code } = {}): LambdaFunction =>
  new LambdaFunction(stack, id, {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => 1;'),
    ...props,
  });
const python = (stack: Stack): LambdaFunction =>
  new LambdaFunction(stack, 'Python', {
    runtime: Runtime.PYTHON_3_13,
    handler: 'index.handler',
    code: Code.fromInline('def handler(event, context): return 1'),
  });
const alarm = (stack: Stack): Alarm =>
  new Alarm(stack, 'Alarm', {
    metric: new Metric({ namespace: 'Mine', metricName: 'Errors', period: Duration.minutes(1) }),
    threshold: 1,
    evaluationPeriods: 1,
  });

/** Things that an app names by ARN, and that no stack of it holds. */
const outside: Readonly<Record<string, SmallApp>> = {
  'a function with an imported role, and a state machine that calls it': {
    build: (stack) => {
      const lambdaFunction = fn(stack, 'Mine', { role: importedRole(stack) });
      new StateMachine(stack, 'Machine', {
        definitionBody: DefinitionBody.fromChainable(new LambdaInvoke(stack, 'Call', { lambdaFunction })),
      });
    },
    opaque: [
      'AWS::Lambda::Function Mine: the role arn:aws:iam::ACCOUNT:role/teams/existing exists outside this assembly',
    ],
  },
  'an existing role that gets a policy': {
    build: (stack) => {
      new Bucket(stack, 'Mine').grantRead(importedRole(stack));
    },
    opaque: [
      'AWS::IAM::Policy Existing/Policy: the role arn:aws:iam::ACCOUNT:role/existing exists outside this assembly',
    ],
  },
  'a role that trusts an imported one': {
    build: (stack) => {
      new Role(stack, 'Role', { assumedBy: new ArnPrincipal(importedRole(stack).roleArn) });
    },
    opaque: [],
  },
  'an alarm to an imported topic': {
    build: (stack) => {
      alarm(stack).addAlarmAction(new SnsAction(Topic.fromTopicArn(stack, 'Topic', existing(stack, 'sns', 'pagers'))));
    },
    opaque: [
      `AWS::CloudWatch::Alarm Alarm: the topic arn:aws:sns:${region}:ACCOUNT:pagers exists outside this assembly`,
    ],
  },
  'a composite alarm over an imported alarm': {
    build: (stack) => {
      const imported = Alarm.fromAlarmArn(stack, 'Imported', existing(stack, 'cloudwatch', 'alarm:theirs'));
      new CompositeAlarm(stack, 'Both', { alarmRule: AlarmRule.anyOf(alarm(stack), imported) });
    },
    opaque: ['AWS::CloudWatch::CompositeAlarm Both'],
  },
  'a state machine that logs to an imported log group': {
    build: (stack) => {
      new StateMachine(stack, 'Machine', {
        stateMachineName: 'logging',
        definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Done')),
        logs: { destination: LogGroup.fromLogGroupName(stack, 'Logs', 'theirs'), level: LogLevel.ALL },
      });
    },
    opaque: ['AWS::StepFunctions::StateMachine Machine'],
    runs: 'logging',
  },
  'a custom resource with an imported provider': {
    build: (stack) => {
      const serviceToken = existing(stack, 'lambda', 'function:provider');
      new CustomResource(stack, 'Asked', { serviceToken, resourceType: 'Custom::Asked' });
    },
    opaque: [
      `Custom::Asked Asked: the function arn:aws:lambda:${region}:ACCOUNT:function:provider exists outside this assembly`,
    ],
  },
  'a custom resource with a topic behind it': {
    build: (stack) => {
      const { topicArn } = new Topic(stack, 'Topic');
      new CustomResource(stack, 'Asked', { serviceToken: topicArn, resourceType: 'Custom::Asked' });
    },
    opaque: ['Custom::Asked Asked'],
  },
};

/** Things that need what is opaque or not known before deployment. */
const unknown: Readonly<Record<string, SmallApp>> = {
  'a table with an index, and a function that may read it': {
    build: (stack) => {
      const partitionKey = { name: 'id', type: AttributeType.STRING };
      const table = new Table(stack, 'Table', { partitionKey });
      table.addGlobalSecondaryIndex({ indexName: 'by-id', partitionKey });
      table.grantReadData(fn(stack, 'Reader'));
    },
    opaque: ['AWS::DynamoDB::Table Table'],
  },
  'a role with a statement that is not known before deployment, and its function': {
    build: (stack) => {
      const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
      const { valueAsString } = new CfnParameter(stack, 'Given');
      role.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [valueAsString] }));
      fn(stack, 'Mine', { role });
      new Role(stack, 'Trusting', { assumedBy: new ArnPrincipal(role.roleArn), description: valueAsString });
      fn(stack, 'Theirs', {
        role: new Role(stack, 'Described', {
          assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
          description: valueAsString,
        }),
      });
    },
    opaque: ['AWS::IAM::Policy Role/DefaultPolicy', 'AWS::IAM::Role Trusting', 'AWS::IAM::Role Described'],
  },
  'a secret that a function may read': {
    build: (stack) => {
      new Secret(stack, 'Secret').grantRead(fn(stack, 'Reader'));
    },
    opaque: ['AWS::SecretsManager::Secret Secret'],
  },
  'an alias that a function may invoke': {
    build: (stack) => {
      const alias = new Alias(stack, 'Live', { aliasName: 'live', version: fn(stack, 'Mine').currentVersion });
      alias.grantInvoke(fn(stack, 'Caller'));
    },
    opaque: ['AWS::Lambda::Version Mine/CurrentVersion', 'AWS::Lambda::Alias Live'],
  },
  'a custom resource whose function is in Python, and a parameter with its answer': {
    build: (stack) => {
      const { functionArn } = python(stack);
      const asked = new CustomResource(stack, 'Asked', { serviceToken: functionArn, resourceType: 'Custom::Asked' });
      new StringParameter(stack, 'Answer', { stringValue: asked.getAttString('Value') });
    },
    opaque: ['AWS::Lambda::Function Python', 'Custom::Asked Asked', 'AWS::SSM::Parameter Answer'],
  },
};

/** Things that the sandbox simulates in full. */
const simulated: Readonly<Record<string, SmallApp>> = {
  'a role with a boundary of its own stack': {
    build: (stack) => {
      const limits = new ManagedPolicy(stack, 'Limits', {
        statements: [new PolicyStatement({ actions: ['s3:*'], resources: ['*'] })],
      });
      const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
      PermissionsBoundary.of(role).apply(limits);
    },
    opaque: [],
  },
  'a state machine that calls a function by its bare name': {
    build: (stack) => {
      const mine = fn(stack, 'Mine');
      const machine = new StateMachine(stack, 'Machine', {
        stateMachineName: 'calling',
        definitionBody: DefinitionBody.fromString(
          JSON.stringify({
            StartAt: 'Call',
            States: {
              Call: {
                Type: 'Task',
                Resource: 'arn:aws:states:::lambda:invoke',
                Parameters: { FunctionName: mine.functionName },
                End: true,
              },
            },
          }),
        ),
      });
      mine.grantInvoke(machine);
    },
    opaque: [],
    runs: 'calling',
  },
  'a bucket that deletes its objects with itself': {
    build: (stack) => {
      new Bucket(stack, 'Bucket', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY });
    },
    opaque: [],
  },
  'a custom resource whose function is an asset in CommonJS': {
    build: (stack, directory) => {
      writeFileSync(
        join(directory, 'index.js'),
        `exports.handler = ({ ResponseURL }) => fetch(ResponseURL, { method: 'PUT', body: '{"Status":"SUCCESS"}' }).then(() => 1);`,
      );
      const { functionArn } = fn(stack, 'Provider', { code: Code.fromAsset(directory) });
      new CustomResource(stack, 'Asked', { serviceToken: functionArn, resourceType: 'Custom::Asked' });
    },
    opaque: [],
  },
};

const apps = Object.entries({ ...outside, ...unknown, ...simulated });
let stacks: readonly ResolvedStack[];
beforeAll(() => {
  const directory = temporaryDirectory();
  stacks = synthesizeSmallApps(
    apps.map(([, app]) => app),
    directory,
  );
});

/** Deploys an app and says what is opaque in it; with the reason only where the row has one. */
async function deployed(name: string): Promise<{ readonly sandbox: Sandbox; readonly opaque: readonly string[] }> {
  const index = apps.findIndex(([each]) => each === name);
  const [, app] = apps[index] ?? [];
  const stack = stacks[index];
  if (!app || !stack) throw new Error(`no app ${name}`);
  const sandbox = await openSandbox({ assembly: [stack] });
  onTestFinished(() => sandbox.close());
  await sandbox.deploy(stack);
  const account = accountOf(index);
  const opaque = sandbox.opaque.map(opaqueLine).map((line, at) => {
    const [what = '', why] = line
      .replace('AWS can, the sandbox cannot: ', '')
      .split(new RegExp(` in ${account}(?:: )?`));
    return app.opaque[at]?.includes(': ') ? `${what}: ${why?.replaceAll(account, 'ACCOUNT') ?? ''}` : what;
  });
  return { sandbox, opaque };
}

async function check(name: string, { opaque, runs }: SmallApp): Promise<void> {
  const { sandbox, opaque: named } = await deployed(name);
  expect(named).toEqual(opaque);
  if (runs === undefined) return;
  const account = accountOf(apps.findIndex(([each]) => each === name));
  const stateMachineArn = `arn:aws:states:${region}:${account}:stateMachine:${runs}`;
  const started = sandbox.executions.start({ stateMachineArn, input: {} });
  if (!started.ok) throw new Error(started.message);
  await sandbox.simulation.run(() => started.execution.outcome !== undefined);
  expect(started.execution.outcome).toMatchObject({ status: 'SUCCEEDED' });
}

describe('a small app is deployed, and what the sandbox cannot simulate is named once', () => {
  test.each(apps)('%s', check);
});
