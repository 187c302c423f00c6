import { readAssembly } from '@crosswind/assembly/read-assembly';
import { resolveTolerantly } from '@crosswind/assembly/resolve';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { Project, BuildSpec } from 'aws-cdk-lib/aws-codebuild';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, type IChainable, Pass, StateMachine, TaskInput } from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { IntegrationPattern } from 'aws-cdk-lib/aws-stepfunctions';
import { describe, expect, test } from 'vitest';
import { reachOf } from '../../../policies/reach/reach.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const waiting = { integrationPattern: IntegrationPattern.RUN_JOB };
const key = { id: tasks.DynamoAttributeValue.fromString('x') };
const table = (stack: Stack): Table =>
  new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
const project = (stack: Stack): Project =>
  new Project(stack, 'Project', { buildSpec: BuildSpec.fromObject({ version: '0.2' }) });

/** Tasks of the CDK, which grants each machine what it takes AWS to need. */
const states: Readonly<Record<string, (stack: Stack) => IChainable>> = {
  'dynamodb:getItem': (stack) => new tasks.DynamoGetItem(stack, 'A', { table: table(stack), key }),
  'dynamodb:putItem': (stack) => new tasks.DynamoPutItem(stack, 'A', { table: table(stack), item: key }),
  'dynamodb:updateItem': (stack) => new tasks.DynamoUpdateItem(stack, 'A', { table: table(stack), key }),
  'dynamodb:deleteItem': (stack) => new tasks.DynamoDeleteItem(stack, 'A', { table: table(stack), key }),
  'sns:publish': (stack) =>
    new tasks.SnsPublish(stack, 'A', { topic: new Topic(stack, 'Topic'), message: TaskInput.fromText('x') }),
  'sqs:sendMessage': (stack) =>
    new tasks.SqsSendMessage(stack, 'A', { queue: new Queue(stack, 'Queue'), messageBody: TaskInput.fromText('x') }),
  'events:putEvents': (stack) =>
    new tasks.EventBridgePutEvents(stack, 'A', {
      entries: [
        { source: 's', detailType: 't', detail: TaskInput.fromObject({}), eventBus: new EventBus(stack, 'Bus') },
      ],
    }),
  'glue:startJobRun.sync': (stack) => new tasks.GlueStartJobRun(stack, 'A', { glueJobName: 'job', ...waiting }),
  'codebuild:startBuild.sync': (stack) =>
    new tasks.CodeBuildStartBuild(stack, 'A', { project: project(stack), ...waiting }),
  'codebuild:startBuildBatch.sync': (stack) =>
    new tasks.CodeBuildStartBuildBatch(stack, 'A', { project: project(stack), ...waiting }),
  'batch:submitJob.sync': (stack) =>
    new tasks.BatchSubmitJob(stack, 'A', {
      jobDefinitionArn: `arn:aws:batch:eu-west-1:111111111111:job-definition/d:1`,
      jobQueueArn: `arn:aws:batch:eu-west-1:111111111111:job-queue/q`,
      jobName: 'j',
      ...waiting,
    }),
  'states:startExecution.sync:2': (stack) =>
    new tasks.StepFunctionsStartExecution(stack, 'A', {
      stateMachine: new StateMachine(stack, 'Child', {
        definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'P')),
      }),
      ...waiting,
    }),
  'aws-sdk:s3:getObject': (stack) =>
    new tasks.CallAwsService(stack, 'A', {
      service: 's3',
      action: 'getObject',
      parameters: { Bucket: 'b', Key: 'k' },
      iamResources: ['arn:aws:s3:::b/*'],
    }),
};

/** Calls of the state machine of the task that are not allowed. */
function refusedIn(state: (stack: Stack) => IChainable): readonly string[] {
  const app = new App({ outdir: temporaryDirectory() });
  const stack = new Stack(app, 'Tasks', { env: { account: '111111111111', region: 'eu-west-1' } });
  const definitionBody = DefinitionBody.fromChainable(state(stack));
  new StateMachine(stack, 'Machine', { definitionBody, timeout: Duration.hours(1) });
  const stacks = resolveTolerantly(readAssembly(app.synth().directory));
  const { calls } = reachOf(stacks, [], { id: 'o-exampleorg1', scps: () => [], rcps: () => [] });
  const own = calls.filter(({ by }) => by.part === 'state "A"');
  if (own.length === 0) throw new Error('expected calls of the state "A", got none');
  return own.flatMap(({ action, decision }) => (decision.allowed ? [] : [action]));
}

/** Actions that AWS documents (batch-iam) and that the CDK leaves out. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  'batch:submitJob.sync': ['batch:DescribeJobs', 'batch:TerminateJob'],
};

describe('the permissions that the CDK gives a state machine allow each call that is planned for', () => {
  test.each(Object.entries(states))('%s', (resource, state) => {
    expect(refusedIn(state)).toEqual(leftOut[resource] ?? []);
  });
});
