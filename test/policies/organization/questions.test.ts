import { describe, expect, test } from 'vitest';
import {
  accounts,
  administrator,
  type Asked,
  decided,
  execution,
  foreign,
  managedPolicy,
  role,
  roleOfStack,
  trusting,
} from './decided.ts';

type Question = Asked & { readonly answer: string };

const own = execution();
const inPipeline = execution('pipeline');
const worker = roleOfStack('crosswind-wind-speed-child');
const person = administrator('AWSReservedSSO_Administrator');
const inTooling = administrator('AWSReservedSSO_Administrator', accounts.pipeline);
const stackSets = administrator('stacksets-exec-1234');
const build = (name: string) => roleOfStack(name, 'pipeline');

const here = (service: string, rest: string, account: string = accounts.workload): string =>
  `arn:aws:${service}:us-east-1:${account}:${rest}`;
const key = here('kms', 'key/1');
const platform = { 'aws:ResourceTag/platform': 'crosswind' };
/** The statement of a key policy that leaves the decision to IAM. */
const leftToIam: Asked['resource'] = [
  { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444444444444:root' }, Action: 'kms:*', Resource: '*' },
];
const machine = here('states', 'stateMachine:crosswind-wind-speed-child');

const ofExecutionRole: Readonly<Record<string, Question>> = {
  'creates a workflow': { by: own, action: 'states:CreateStateMachine', on: machine, answer: 'allowed' },
  'changes a workflow of others': {
    by: own,
    action: 'states:UpdateStateMachine',
    on: here('states', 'stateMachine:payments'),
    answer: 'not allowed by identity',
  },
  'creates the log group of a workflow': {
    by: own,
    action: 'logs:CreateLogGroup',
    on: here('logs', 'log-group:/aws/vendedlogs/states/crosswind-wind-speed-child'),
    answer: 'allowed',
  },
  'deletes the log group of a function of others': {
    by: own,
    action: 'logs:DeleteLogGroup',
    on: here('logs', 'log-group:/aws/lambda/payments'),
    answer: 'not allowed by identity',
  },
  'creates a key with the tag of the platform': {
    by: own,
    action: 'kms:CreateKey',
    on: '*',
    context: { 'aws:RequestTag/platform': 'crosswind' },
    answer: 'allowed',
  },
  'creates a key without it': { by: own, action: 'kms:CreateKey', on: '*', answer: 'not allowed by identity' },
  'changes the policy of a key of the platform': {
    by: own,
    action: 'kms:PutKeyPolicy',
    on: key,
    context: platform,
    resource: leftToIam,
    answer: 'allowed',
  },
  'tags a key of another platform as one of this': {
    by: own,
    action: 'kms:TagResource',
    on: key,
    context: { 'aws:RequestTag/platform': 'crosswind', 'aws:ResourceTag/platform': 'another' },
    resource: leftToIam,
    answer: 'not allowed by identity',
  },
  'names a key like one of AWS or of others': {
    by: own,
    action: 'kms:CreateAlias',
    on: here('kms', 'alias/payments'),
    answer: 'not allowed by identity',
  },
  'reads the version of the bootstrap': {
    by: own,
    action: 'ssm:GetParameters',
    on: here('ssm', 'parameter/cdk-bootstrap/crosswind/version'),
    answer: 'allowed',
  },
  'writes the version of the bootstrap': {
    by: own,
    action: 'ssm:PutParameter',
    on: here('ssm', 'parameter/cdk-bootstrap/crosswind/version'),
    answer: 'not allowed by identity',
  },
  'starts a virtual machine, which no template of the platform has': {
    by: own,
    action: 'ec2:RunInstances',
    on: here('ec2', 'instance/*'),
    answer: 'not allowed by identity',
  },
  'creates a pipeline in a workload account': {
    by: own,
    action: 'codepipeline:CreatePipeline',
    on: here('codepipeline', 'crosswind'),
    answer: 'not allowed by identity',
  },
  'changes the pipeline in its account': {
    by: inPipeline,
    action: 'codepipeline:UpdatePipeline',
    on: here('codepipeline', 'crosswind', accounts.pipeline),
    answer: 'allowed',
  },
  'gives a build of the pipeline its role': {
    by: inPipeline,
    action: 'iam:PassRole',
    on: role('crosswind-publishing', accounts.pipeline),
    context: { 'iam:PassedToService': 'codebuild.amazonaws.com' },
    answer: 'allowed',
  },
  'gives a function in the account of the pipeline the role of a build': {
    by: inPipeline,
    action: 'iam:PassRole',
    on: role('crosswind-publishing', accounts.pipeline),
    context: { 'iam:PassedToService': 'lambda.amazonaws.com' },
    answer: 'not allowed by identity',
  },
  'creates an alarm in the account of monitoring': {
    by: execution('monitoring'),
    action: 'cloudwatch:PutMetricAlarm',
    on: here('cloudwatch', 'alarm:crosswind-wind-speed', accounts.monitoring),
    answer: 'allowed',
  },
  'creates a bucket in the account of monitoring': {
    by: execution('monitoring'),
    action: 's3:CreateBucket',
    on: 'arn:aws:s3:::crosswind-copy',
    of: accounts.monitoring,
    answer: 'not allowed by identity',
  },
};

const ofWorkloadRoles: Readonly<Record<string, Question>> = {
  'redrives its workflow': {
    by: worker,
    action: 'states:RedriveExecution',
    on: here('states', 'execution:crosswind-wind-speed-child:1'),
    answer: 'allowed',
  },
  'has the rule written by which Step Functions waits for another workflow': {
    by: worker,
    action: 'events:PutRule',
    on: here('events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule'),
    answer: 'allowed',
  },
  'writes an item': {
    by: worker,
    action: 'dynamodb:PutItem',
    on: here('dynamodb', 'table/crosswind-a'),
    answer: 'allowed',
  },
  'deletes a table': {
    by: worker,
    action: 'dynamodb:DeleteTable',
    on: here('dynamodb', 'table/crosswind-a'),
    answer: 'NeverChangeTheStack',
  },
  'sends its log to another account': {
    by: worker,
    action: 'logs:PutSubscriptionFilter',
    on: here('logs', 'log-group:crosswind-wind-speed-child'),
    answer: 'NeverChangeTheStack',
  },
  'encrypts with a key outside, so that only others can read it': {
    by: worker,
    action: 'kms:GenerateDataKey',
    on: here('kms', 'key/9', foreign),
    of: foreign,
    resource: [{ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }],
    answer: 'StayInTheOrganization',
  },
  'reads a secret, which no workload has': {
    by: worker,
    action: 'secretsmanager:GetSecretValue',
    on: here('secretsmanager', 'secret:payments'),
    answer: 'not allowed by boundary',
  },
};

const ofOthers: Readonly<Record<string, Question>> = {
  'StackSets create the boundary': {
    by: stackSets,
    action: 'iam:CreatePolicy',
    on: managedPolicy('crosswind-boundary'),
    answer: 'allowed',
  },
  'StackSets link the account to monitoring': {
    by: stackSets,
    action: 'oam:CreateLink',
    on: here('oam', '/CreateLink'),
    answer: 'allowed',
  },
  'a person ends that link': {
    by: person,
    action: 'oam:DeleteLink',
    on: here('oam', 'link/1'),
    answer: 'GuardsAreAdministrators',
  },
  'a person starts a workflow': { by: person, action: 'states:StartExecution', on: machine, answer: 'allowed' },
  'a person changes the code of a function': {
    by: person,
    action: 'lambda:UpdateFunctionCode',
    on: here('lambda', 'function:crosswind-wind-speed-analyze'),
    answer: 'OnlyThePipelineChangesCrosswind',
  },
  'a person deploys a stack of their own': {
    by: person,
    action: 'cloudformation:CreateStack',
    on: here('cloudformation', 'stack/experiment/1'),
    answer: 'allowed',
  },
  'a person starts a build of the pipeline with other commands': {
    by: inTooling,
    action: 'codebuild:StartBuild',
    on: here('codebuild', 'project/crosswind-file-asset', accounts.pipeline),
    answer: 'BuildsBelongToThePipeline',
  },
  'a person starts the pipeline': {
    by: inTooling,
    action: 'codepipeline:StartPipelineExecution',
    on: here('codepipeline', 'crosswind', accounts.pipeline),
    answer: 'allowed',
  },
  'the pipeline starts its build': {
    by: build('crosswind-pipeline'),
    action: 'codebuild:StartBuild',
    on: here('codebuild', 'project/crosswind-file-asset', accounts.pipeline),
    answer: 'allowed',
  },
  'the build that protects stacks assumes the protector of an account': {
    by: build('crosswind-protection'),
    action: 'sts:AssumeRole',
    on: role('crosswind-protector'),
    of: accounts.workload,
    resource: trusting(accounts.pipeline),
    answer: 'allowed',
  },
};

describe.each([
  ['the execution role', ofExecutionRole, 18],
  ['a role of a workload', ofWorkloadRoles, 7],
  ['people, StackSets and the pipeline:', ofOthers, 10],
])('%s', (_, questions, count) => {
  test.each(Object.entries(questions))('%s', (__, { answer, ...asked }) => {
    expect(decided(asked)).toBe(answer);
  });

  test(`is asked ${count} questions, some of which are answered with no`, () => {
    const answers = Object.values(questions).map(({ answer }) => answer);
    expect(answers).toHaveLength(count);
    expect(new Set(answers.map((answer) => answer === 'allowed')).size).toBe(2);
  });
});
