export { type Limit, type LimitName, limitNames, limits } from './limits.ts';
export { type ServiceQuota, serviceQuotas } from './service-quotas.ts';

/** A token bucket: how many tokens it holds, and how many are put back each second. */
export interface Bucket {
  readonly size: number;
  readonly refillPerSecond: number;
}

/** Every quota that the sandbox acts on or reports, for one account in one region. */
export interface Quotas {
  /** Of Standard workflows: states entered, and retries. Those of Express workflows are unlimited. */
  readonly stateTransitions: Bucket;
  /** StartExecution of Standard state machines. */
  readonly startExecution: Bucket;
  /** StartExecution of Express state machines. */
  readonly startExpressExecution: Bucket;
  /** Of other actions of Step Functions by name; an action that is not listed is not throttled. */
  readonly actions: Readonly<Record<string, Bucket>>;
  /** Standard executions at a time. */
  readonly openExecutions: number;
  /** Map Runs at a time; further ones are backlogged. */
  readonly openMapRuns: number;
  /** Express children that one Map Run starts in a second. */
  readonly expressDispatchPerSecond: number;
  /** Standard children that one Map Run starts in a second. */
  readonly standardDispatchPerSecond: number;
  /** Invocations of all functions at a time. */
  readonly lambdaConcurrency: number;
  /** Execution environments that one function can get at once, and each second after that. */
  readonly lambdaScaling: Bucket;
  /**
   * Values that Service Quotas reports as applied, by service and code, for example `codebuild/L-9D07B6EF`. A quota that is
   * not listed has its usual value. The sandbox does not enforce them.
   */
  readonly applied: Readonly<Record<string, number>>;
}

/** Regions with the larger quotas of Step Functions: N. Virginia, Oregon and Ireland. */
const largeRegions = ['us-east-1', 'us-west-2', 'eu-west-1'];

/**
 * AWS's defaults, as of 2026-11: "Step Functions service quotas"
 * (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html), "Lambda quotas"
 * (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html) and "Understanding Lambda function scaling"
 * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html). New accounts have less until AWS raises it.
 */
export function defaultQuotas(region: string): Quotas {
  const large = largeRegions.includes(region);
  return {
    stateTransitions: large ? bucket(5_000, 5_000) : bucket(800, 800),
    startExecution: large ? bucket(1_300, 300) : bucket(800, 150),
    startExpressExecution: bucket(6_000, 6_000),
    actions: {
      CreateActivity: bucket(100, 1),
      DeleteActivity: bucket(100, 1),
      DescribeActivity: bucket(200, 1),
      DescribeExecution: large ? bucket(300, 15) : bucket(250, 10),
      DescribeMapRun: bucket(200, 1),
      DescribeStateMachine: bucket(200, 20),
      DescribeStateMachineForExecution: bucket(200, 1),
      GetActivityTask: large ? bucket(3_000, 500) : bucket(1_500, 300),
      GetExecutionHistory: bucket(400, 20),
      ListActivities: large ? bucket(100, 10) : bucket(100, 5),
      ListExecutions: large ? bucket(200, 5) : bucket(100, 2),
      ListMapRuns: bucket(100, 1),
      ListStateMachines: bucket(100, 5),
      RedriveExecution: large ? bucket(1_300, 300) : bucket(800, 150),
      SendTaskFailure: large ? bucket(3_000, 500) : bucket(1_500, 300),
      SendTaskHeartbeat: large ? bucket(3_000, 500) : bucket(1_500, 300),
      SendTaskSuccess: large ? bucket(3_000, 500) : bucket(1_500, 300),
      StopExecution: large ? bucket(1_000, 200) : bucket(500, 25),
      UpdateMapRun: bucket(100, 1),
      ValidateStateMachineDefinition: bucket(100, 1),
    },
    openExecutions: 1_000_000,
    openMapRuns: 1_000,
    expressDispatchPerSecond: 1_000,
    standardDispatchPerSecond: 100,
    lambdaConcurrency: 1_000,
    lambdaScaling: bucket(1_000, 100),
    applied: {},
  };
}

function bucket(size: number, refillPerSecond: number): Bucket {
  return { size, refillPerSecond };
}

/**
 * Invocations of all functions at a time that a new account has. "New AWS accounts have reduced concurrency and memory
 * quotas", which AWS raises by usage ("Lambda quotas", as above); it names no number, 10 is what new accounts report.
 */
export const newAccountLambdaConcurrency = 10;

/** Child executions of a Map Run at a time, which AWS raises for nobody ("Step Functions service quotas"). */
export const maxParallelChildren = 10_000;
