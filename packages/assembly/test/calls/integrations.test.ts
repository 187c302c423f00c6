import type { JsonObject } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import { callsIn, linesOf, machine, workflow } from './lines.ts';

const task = (resource: string, Arguments: JsonObject, rest: JsonObject = {}) =>
  workflow({ A: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Arguments, End: true, ...rest } });

const arn = (service: string, resource: string): string => `arn:aws:${service}:eu-west-1:111111111111:${resource}`;
const rule = (name: string): readonly string[] =>
  ['PutTargets', 'PutRule', 'DescribeRule'].map((each) => `events:${each} ${arn('events', `rule/${name}`)}`);

describe('an optimized integration calls', () => {
  const topic = arn('sns', 't');
  const connection = arn('events', 'connection/c/1');
  const secret = `${arn('secretsmanager', 'secret:events!connection/*')} (EventBridge names the secret of a connection when it makes it)`;
  const project = arn('codebuild', 'project/p');
  const workgroup = arn('athena', 'workgroup/w');

  test.each<[string, JsonObject, readonly string[]]>([
    ['dynamodb:getItem', { TableName: 'T' }, [`dynamodb:GetItem ${arn('dynamodb', 'table/T')}`]],
    ['dynamodb:putItem', { TableName: arn('dynamodb', 'table/T') }, [`dynamodb:PutItem ${arn('dynamodb', 'table/T')}`]],
    ['dynamodb:updateItem', { TableName: 'T' }, [`dynamodb:UpdateItem ${arn('dynamodb', 'table/T')}`]],
    ['dynamodb:deleteItem', { TableName: 'T' }, [`dynamodb:DeleteItem ${arn('dynamodb', 'table/T')}`]],
    ['sns:publish', { TopicArn: topic }, [`sns:Publish ${topic}`]],
    ['sns:publish', { TargetArn: topic }, [`sns:Publish ${topic}`]],
    ['sns:publish', { PhoneNumber: '+1' }, ['sns:Publish *']],
    ['sns:publish.waitForTaskToken', { TopicArn: topic }, [`sns:Publish ${topic}`]],
    [
      'sqs:sendMessage.waitForTaskToken',
      { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111111111111/q' },
      [`sqs:SendMessage ${arn('sqs', 'q')}`],
    ],
    ['events:putEvents', { Entries: [{ Source: 's' }] }, [`events:PutEvents ${arn('events', 'event-bus/default')}`]],
    [
      'events:putEvents',
      { Entries: [{ EventBusName: 'one' }, { EventBusName: arn('events', 'event-bus/two') }, { EventBusName: 'one' }] },
      [`events:PutEvents ${arn('events', 'event-bus/one')}`, `events:PutEvents ${arn('events', 'event-bus/two')}`],
    ],
    ['glue:startJobRun', { JobName: 'j' }, [`glue:StartJobRun ${arn('glue', 'job/j')}`]],
    [
      'glue:startJobRun.sync',
      { JobName: 'j' },
      ['StartJobRun', 'GetJobRun', 'GetJobRuns', 'BatchStopJobRun'].map(
        (name) => `glue:${name} ${arn('glue', 'job/j')}`,
      ),
    ],
    ['codebuild:startBuild', { ProjectName: 'p' }, [`codebuild:StartBuild ${project}`]],
    [
      'codebuild:startBuild.sync',
      { ProjectName: 'p' },
      [
        ...['StartBuild', 'StopBuild', 'BatchGetBuilds'].map((name) => `codebuild:${name} ${project}`),
        ...rule('StepFunctionsGetEventForCodeBuildStartBuildRule'),
      ],
    ],
    [
      'codebuild:startBuildBatch.sync',
      { ProjectName: 'p' },
      [
        ...['StartBuildBatch', 'StopBuildBatch', 'BatchGetBuildBatches'].map((name) => `codebuild:${name} ${project}`),
        ...rule('StepFunctionsGetEventForCodeBuildStartBuildBatchRule'),
      ],
    ],
    [
      'batch:submitJob.sync',
      { JobDefinition: 'd', JobQueue: arn('batch', 'job-queue/q') },
      [
        `batch:SubmitJob ${arn('batch', 'job-definition/d:*')}`,
        `batch:SubmitJob ${arn('batch', 'job-queue/q')}`,
        'batch:DescribeJobs *',
        `batch:TerminateJob ${arn('batch', 'job/*')}`,
        ...rule('StepFunctionsGetEventsForBatchJobsRule'),
      ],
    ],
    [
      'ecs:runTask.sync',
      { Cluster: arn('ecs', 'cluster/c'), TaskDefinition: 'family:3' },
      [
        `ecs:RunTask ${arn('ecs', 'task-definition/family:3')}`,
        'iam:PassRole * (the arguments do not name the roles of the task definition, which are passed to ECS)',
        `ecs:StopTask ${arn('ecs', 'task/c/*')}`,
        `ecs:DescribeTasks ${arn('ecs', 'task/c/*')}`,
        ...rule('StepFunctionsGetEventsForECSTaskRule'),
      ],
    ],
    ['athena:getQueryResults', { WorkGroup: 'w' }, [`athena:GetQueryResults ${workgroup}`]],
    [
      'athena:startQueryExecution.sync',
      { WorkGroup: 'w' },
      [
        `athena:StartQueryExecution ${workgroup}`,
        'glue:GetTable * (the arguments do not name the tables and objects that a query reads and writes)',
        `athena:GetQueryExecution ${workgroup}`,
        `athena:StopQueryExecution ${workgroup}`,
      ],
    ],
    [
      'bedrock:invokeModel',
      { ModelId: 'm', Input: { S3Uri: 's3://b/in' }, Output: { S3Uri: 's3://b/out' } },
      [
        'bedrock:InvokeModel arn:aws:bedrock:eu-west-1::foundation-model/m',
        's3:GetObject arn:aws:s3:::b/in',
        's3:PutObject arn:aws:s3:::b/out',
      ],
    ],
    [
      'http:invoke',
      { ApiEndpoint: 'https://example.com/x', Method: 'POST', Authentication: { ConnectionArn: connection } },
      [
        `states:InvokeHTTPEndpoint ${machine}`,
        `events:RetrieveConnectionCredentials ${connection}`,
        `secretsmanager:GetSecretValue ${secret}`,
        `secretsmanager:DescribeSecret ${secret}`,
      ],
    ],
    [
      'apigateway:invoke',
      {
        ApiEndpoint: 'a1.execute-api.eu-west-1.amazonaws.com',
        AuthType: 'IAM_ROLE',
        Method: 'GET',
        Stage: 'prod',
        Path: '/books',
      },
      [`execute-api:Invoke ${arn('execute-api', 'a1/prod/GET/books')}`],
    ],
    ['apigateway:invoke', { ApiEndpoint: 'a1.execute-api.eu-west-1.amazonaws.com', Method: 'GET' }, []],
  ])('%s with %j', (resource, given, lines) => {
    expect(linesOf(task(resource, given))).toEqual(lines);
  });

  test('an endpoint with its address and its method', () => {
    const [call] = callsIn(task('http:invoke', { ApiEndpoint: 'https://example.com/x', Method: 'POST' }));
    expect(call?.context).toEqual({ 'states:HTTPMethod': 'POST', 'states:HTTPEndpoint': 'https://example.com/x' });
  });

  test('a rule as one that Step Functions manages', () => {
    const calls = callsIn(task('glue:startJobRun.sync', { JobName: 'j' }));
    expect(calls.map(({ context }) => context)).toContainEqual({});
    const rules = callsIn(task('codebuild:startBuild.sync', { ProjectName: 'p' })).filter(({ action }) =>
      action.startsWith('events:'),
    );
    for (const { context } of rules) expect(context).toEqual({ 'events:ManagedBy': 'states.amazonaws.com' });
    expect(rules).toHaveLength(3);
  });
});

describe('what only a run knows is a doubt:', () => {
  test.each<[string, JsonObject, string]>([
    ['dynamodb:getItem', { TableName: '{% $t %}' }, 'only a run knows the table: {% $t %}'],
    ['dynamodb:getItem', {}, 'only a run knows the table'],
    ['sns:publish', { TopicArn: '{% $t %}' }, 'only a run knows the topic: {% $t %}'],
    ['sqs:sendMessage', { QueueUrl: '{% $q %}' }, 'only a run knows the queue: {% $q %}'],
    ['events:putEvents', { Entries: '{% $e %}' }, 'only a run knows the event bus'],
    ['glue:startJobRun', { JobName: '{% $j %}' }, 'only a run knows the job: {% $j %}'],
    ['bedrock:invokeModel', { ModelId: '{% $m %}' }, 'only a run knows the model: {% $m %}'],
    ['http:invoke', { ApiEndpoint: '{% $u %}' }, 'only a run knows the endpoint and the method: {% $u %}'],
    [
      'apigateway:invoke',
      { ApiEndpoint: '{% $a %}', AuthType: 'IAM_ROLE' },
      'only a run knows the API, its stage, method or path: {% $a %}',
    ],
    ['batch:submitJob', { JobQueue: 'q' }, 'only a run knows the job definition'],
    ['aws-sdk:s3:getObject', { Bucket: '{% $b %}', Key: 'k' }, 'only a run knows the bucket: {% $b %}'],
  ])('%s with %j', (resource, given, doubt) => {
    expect(callsIn(task(resource, given)).map((call) => call.doubt)).toContain(doubt);
  });

  test('in expressions of JSONPath, those inside of others among them', () => {
    const state = { Type: 'Task', Resource: 'arn:aws:states:::events:putEvents', End: true };
    const calls = callsIn(workflow({ A: { ...state, Parameters: { Entries: [{ 'EventBusName.$': '$.bus' }] } } }));
    expect(calls.map((call) => call.doubt)).toEqual(['only a run knows the event bus: {% $.bus %}', undefined]);
  });
});

describe('an SDK integration calls', () => {
  test.each<[string, JsonObject, string]>([
    ['dynamodb:query', { TableName: 'T' }, `dynamodb:Query ${arn('dynamodb', 'table/T')}`],
    ['dynamodb:query', { TableName: 'T', IndexName: 'I' }, `dynamodb:Query ${arn('dynamodb', 'table/T/index/I')}`],
    ['s3:getObject', { Bucket: 'b', Key: 'k' }, 's3:GetObject arn:aws:s3:::b/k'],
    ['s3:getObject', { Bucket: 'b', Key: '{% $k %}' }, 's3:GetObject arn:aws:s3:::b/*'],
    ['s3:deleteObjects', { Bucket: 'b' }, 's3:DeleteObject arn:aws:s3:::b/*'],
    ['s3:listObjectsV2', { Bucket: 'b' }, 's3:ListBucket arn:aws:s3:::b'],
    ['lambda:invoke', { FunctionName: 'f' }, `lambda:InvokeFunction ${arn('lambda', 'function:f')}`],
    [
      'sfn:describeExecution',
      { ExecutionArn: arn('states', 'execution:e:1') },
      `states:DescribeExecution ${arn('states', 'execution:e:1')}`,
    ],
    ['sfn:sendTaskSuccess', { TaskToken: '{% $t %}' }, 'states:SendTaskSuccess *'],
    ['ssm:getParameter', { Name: '/crosswind/x' }, `ssm:GetParameter ${arn('ssm', 'parameter/crosswind/x')}`],
    ['ssm:getParametersByPath', { Path: '/crosswind' }, `ssm:GetParametersByPath ${arn('ssm', 'parameter/crosswind')}`],
    [
      'secretsmanager:getSecretValue',
      { SecretId: 's' },
      `secretsmanager:GetSecretValue ${arn('secretsmanager', 'secret:s-*')}`,
    ],
    ['kms:decrypt', { KeyId: '1' }, `kms:Decrypt ${arn('kms', 'key/1')}`],
    [
      'sts:assumeRole',
      { RoleArn: 'arn:aws:iam::222222222222:role/r' },
      'sts:AssumeRole arn:aws:iam::222222222222:role/r',
    ],
    ['sns:publish', { TopicArn: arn('sns', 't') }, `sns:Publish ${arn('sns', 't')}`],
  ])('%s with %j', (resource, given, line) => {
    expect(linesOf(task(`aws-sdk:${resource}`, given))).toEqual([line]);
  });

  test.each<[string, JsonObject]>([
    ['kms:decrypt', { KeyId: 'alias/a' }],
    ['ssm:startAutomationExecution', { DocumentName: 'd' }],
    ['ec2:describeInstances', {}],
  ])(
    '%s with %j on a resource that is not known here, which is a doubt with the place to add it',
    (resource, given) => {
      const [call] = callsIn(task(`aws-sdk:${resource}`, given));
      expect(call?.doubt).toMatch(
        new RegExp(
          `^the resource of [\\w:]+ is not known .*: add ${resource} to packages/assembly/src/calls/sdk-integrations.ts$`,
        ),
      );
    },
  );
});

test('an integration that is not in the table is a doubt with the place to add it, and so is how it waits', () => {
  const [call] = callsIn(task('sagemaker:createTrainingJob.sync', { TrainingJobName: 'x' }));
  expect(call).toMatchObject({ action: 'sagemaker:CreateTrainingJob', resource: '*' });
  expect(call?.doubt).toMatch(/^the resource of sagemaker:CreateTrainingJob is not known from the arguments/);
  expect(call?.doubt).toMatch(
    /what sagemaker:createTrainingJob.sync calls to wait is not known here: add it to packages\/assembly\/src\/calls\/optimized-integrations.ts$/,
  );
});
