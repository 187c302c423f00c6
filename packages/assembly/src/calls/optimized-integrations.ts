import { type JsonObject, textOf } from '@crosswind/aws/json';
import { apiCalls, eventCalls, httpCalls, messageCalls, modelCalls, queueCalls } from './argument-calls.ts';
import { functionTarget, machineTarget, table } from './argument-targets.ts';
import {
  arnHere,
  type CallPlace,
  type CallsOf,
  type Form,
  type IntegrationCall,
  isKnown,
  named,
  on,
  type Target,
} from './integration-calls.ts';

/** An integration that Step Functions documents with the permissions that it needs. */
interface OptimizedIntegration {
  readonly calls: CallsOf;
  /**
   * Further calls of one that waits for the job (`.sync`): it looks at the job, and stops it when it is stopped itself.
   *
   * @default - the integration cannot wait for a job
   */
  readonly waiting?: CallsOf;
  /**
   * The rule of EventBridge through which a waiting one hears of the end. With a role of another account it polls.
   *
   * @default - it polls alone
   */
  readonly rule?: string;
  /** Page of the AWS Step Functions Developer Guide, "Integrating optimized services". */
  readonly source: string;
}

const guide = (page: string): string => `https://docs.aws.amazon.com/step-functions/latest/dg/${page}.html`;

const itself = (type: string, service: string): Form => ({
  noun: type.replace('-', ' '),
  service,
  resource: (name) => `${type}/${name}`,
});
const project = itself('project', 'codebuild');
const job = itself('job', 'glue');
const workgroup = itself('workgroup', 'athena');
const queue = itself('job-queue', 'batch');
/** Without a revision the newest active one is meant (Batch API Reference, SubmitJob; ECS API Reference, RunTask). */
const revised = (type: string, service: string): Form => ({
  ...itself(type, service),
  resource: (name) => `${type}/${name}${name.includes(':') || name === '*' ? '' : ':*'}`,
});

const onTable = (action: string): OptimizedIntegration => ({
  calls: (given, place) => on(named(place, table, given['TableName']), action),
  source: guide('connect-ddb'),
});

const build = (start: string, stop: string, look: string, rule: string): OptimizedIntegration => ({
  calls: (given, place) => on(named(place, project, given['ProjectName']), start),
  waiting: (given, place) => on(named(place, project, given['ProjectName']), stop, look),
  rule,
  source: guide('connect-codebuild'),
});

const query = (action: string): OptimizedIntegration => ({
  calls: (given, place) => on(named(place, workgroup, given['WorkGroup'] ?? 'primary'), action),
  source: guide('connect-athena'),
});

/** By `service:operation` of the resource of a task. */
const optimized: Readonly<Record<string, OptimizedIntegration>> = {
  'apigateway:invoke': { calls: apiCalls, source: guide('connect-api-gateway') },
  'athena:getQueryExecution': query('athena:GetQueryExecution'),
  'athena:getQueryResults': query('athena:GetQueryResults'),
  'athena:startQueryExecution': {
    calls: (given, place) => [
      ...query('athena:StartQueryExecution').calls(given, place),
      {
        action: 'glue:GetTable',
        resource: '*',
        doubt: 'the arguments do not name the tables and objects that a query reads and writes',
      },
    ],
    waiting: (given, place) => [
      ...query('athena:GetQueryExecution').calls(given, place),
      ...query('athena:StopQueryExecution').calls(given, place),
    ],
    source: guide('connect-athena'),
  },
  'athena:stopQueryExecution': query('athena:StopQueryExecution'),
  'batch:submitJob': {
    calls: (given, place) =>
      [
        named(place, revised('job-definition', 'batch'), given['JobDefinition']),
        named(place, queue, given['JobQueue']),
      ].flatMap((target) => on(target, 'batch:SubmitJob')),
    waiting: (_, place) => [
      { action: 'batch:DescribeJobs', resource: '*' },
      { action: 'batch:TerminateJob', resource: arnHere(place, 'batch', 'job/*') },
    ],
    rule: 'StepFunctionsGetEventsForBatchJobsRule',
    source: guide('connect-batch'),
  },
  'bedrock:invokeModel': { calls: modelCalls, source: guide('connect-bedrock') },
  'codebuild:startBuild': build(
    'codebuild:StartBuild',
    'codebuild:StopBuild',
    'codebuild:BatchGetBuilds',
    'StepFunctionsGetEventForCodeBuildStartBuildRule',
  ),
  'codebuild:startBuildBatch': build(
    'codebuild:StartBuildBatch',
    'codebuild:StopBuildBatch',
    'codebuild:BatchGetBuildBatches',
    'StepFunctionsGetEventForCodeBuildStartBuildBatchRule',
  ),
  'dynamodb:deleteItem': onTable('dynamodb:DeleteItem'),
  'dynamodb:getItem': onTable('dynamodb:GetItem'),
  'dynamodb:putItem': onTable('dynamodb:PutItem'),
  'dynamodb:updateItem': onTable('dynamodb:UpdateItem'),
  'ecs:runTask': {
    calls: (given, place) => [
      ...on(named(place, revised('task-definition', 'ecs'), given['TaskDefinition']), 'ecs:RunTask'),
      {
        action: 'iam:PassRole',
        resource: '*',
        doubt: 'the arguments do not name the roles of the task definition, which are passed to ECS',
      },
    ],
    waiting: (given, place) => on(tasksOf(given, place), 'ecs:StopTask', 'ecs:DescribeTasks'),
    rule: 'StepFunctionsGetEventsForECSTaskRule',
    source: guide('connect-ecs'),
  },
  'events:putEvents': { calls: eventCalls, source: guide('connect-eventbridge') },
  'glue:startJobRun': {
    calls: (given, place) => on(named(place, job, given['JobName']), 'glue:StartJobRun'),
    waiting: (given, place) =>
      on(named(place, job, given['JobName']), 'glue:GetJobRun', 'glue:GetJobRuns', 'glue:BatchStopJobRun'),
    source: guide('connect-glue'),
  },
  'http:invoke': { calls: httpCalls, source: guide('call-https-apis') },
  'lambda:invoke': {
    calls: (given, place) => on(functionTarget(given, place), 'lambda:InvokeFunction'),
    source: guide('connect-lambda'),
  },
  'sns:publish': { calls: messageCalls, source: guide('connect-sns') },
  'sqs:sendMessage': { calls: queueCalls, source: guide('connect-sqs') },
  'states:startExecution': {
    calls: (given, place) => on(machineTarget(given, place), 'states:StartExecution'),
    waiting: (given, place) =>
      on(executionsOf(machineTarget(given, place)), 'states:DescribeExecution', 'states:StopExecution'),
    rule: 'StepFunctionsGetEventsForStepFunctionsExecutionRule',
    source: guide('connect-stepfunctions'),
  },
};

/**
 * Calls of an optimized integration; undefined for one that the table does not hold, or that the table knows no way of
 * waiting for.
 * @param operation `service:operation`
 * @param suffix for example `.sync:2`
 */
export function optimizedCalls(
  operation: string,
  suffix: string,
  given: JsonObject,
  { place, isOwnRole }: { readonly place: CallPlace; readonly isOwnRole: boolean },
): readonly IntegrationCall[] | undefined {
  const integration = optimized[operation];
  if (!integration) return undefined;
  const calls = integration.calls(given, place);
  if (!suffix.startsWith('.sync')) return calls;
  const { waiting, rule } = integration;
  if (!waiting) return undefined;
  return [...calls, ...waiting(given, place), ...(rule !== undefined && isOwnRole ? ruleCalls(rule, place) : [])];
}

/** Step Functions makes the rule with the role, and tags it as its own (connect-to-resource, "Run a Job"). */
const ruleCalls = (rule: string, place: CallPlace): readonly IntegrationCall[] =>
  on(
    { resource: arnHere(place, 'events', `rule/${rule}`) },
    'events:PutTargets',
    'events:PutRule',
    'events:DescribeRule',
  ).map((call) => ({ ...call, context: { 'events:ManagedBy': 'states.amazonaws.com' } }));

const executionsOf = ({ resource, ...rest }: Target): Target => ({
  ...rest,
  resource: `${resource.replace(':stateMachine:', ':execution:').replace(/(:execution:[^:]+):.*$/, '$1')}:*`,
});

function tasksOf(given: JsonObject, place: CallPlace): Target {
  const cluster = textOf(given['Cluster'] ?? 'default').replace(/^arn:.*\//, '');
  return { resource: arnHere(place, 'ecs', `task/${isKnown(cluster) ? cluster : '*'}/*`) };
}
