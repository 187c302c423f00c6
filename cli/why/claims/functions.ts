import { lambdaMetrics } from '@crosswind/aws/metrics';
import { alarmingShares } from '../../../blocks/observability/alarming-shares.ts';
import { duration } from '../../duration.ts';
import { count, countOf } from '../../count.ts';
import type { RecordedFunction, RecordedMetric } from '../../run-record/recorded-facts.ts';
import type { RecordedExecution } from '../../run-record/run-record.ts';
import { innermost } from '../cause.ts';
import type { ClaimId } from '../claim-ids.ts';
import type { Evidence } from '../evidence.ts';
import { type Failure, failureItems, failuresIn, placeOf } from '../failures.ts';
import { type Finding, type FindReasons, logItems, metricItem } from '../finding.ts';
import { untilOf } from './throttling.ts';

/**
 * A process that ran out of memory: killed by Lambda (status 137 is SIGKILL), or given up by Node.js, which aborts (134 is
 * SIGABRT) when its heap is full (https://nodejs.org/api/process.html#exit-codes).
 */
const isOutOfMemory = /signal: (killed|aborted)|exit status 13[47]\b|heap out of memory|OutOfMemory/i;

/** Functions of the run that ended without memory, by their errors. */
export const ranOutOfMemory: FindReasons = (evidence) =>
  byErrors(
    evidence,
    'out-of-memory',
    'lambda-errors',
    ({ error, cause }) => error === 'Runtime.OutOfMemory' || isOutOfMemory.test(cause),
    {
      what: 'ran out of memory',
      inLogs: /Runtime\.(ExitError|OutOfMemory)|signal: |heap out of memory/,
      fix: ({ memoryMegabytes }) => `raise MemorySize from ${count(memoryMegabytes)} MB, or give it smaller batches`,
    },
  );

/** Functions of the run that Lambda ended at their timeout, by their errors. */
export const functionTimedOut: FindReasons = (evidence) =>
  byErrors(evidence, 'function-timeout', 'lambda-errors', ({ error, cause }) => isTimeout(error, cause), {
    what: 'took longer than its timeout',
    inLogs: /Task timed out|"status":\s*"timeout"|Sandbox\.Timedout/,
    fix: ({ timeoutSeconds }) => `raise Timeout from ${timeoutSeconds} s, or give it less to do`,
  });

const isTimeout = (error: string, cause: string): boolean =>
  error === 'Sandbox.Timedout' || /Task timed out after [\d.]+ seconds/.test(cause);

interface Told {
  readonly what: string;
  /** Lines of the log of the function about it. */
  readonly inLogs: RegExp;
  readonly fix: (fn: Pick<RecordedFunction, 'memoryMegabytes' | 'timeoutSeconds'>) => string;
}

function byErrors(
  evidence: Evidence,
  id: ClaimId,
  runbook: string,
  isIt: (failure: Failure) => boolean,
  { what, inLogs, fix }: Told,
): readonly Finding[] {
  const failures = failuresIn(evidence).filter(isIt);
  const [first] = failures;
  if (!first) return [];
  const all = functionsOf(first.execution, evidence);
  const erring = all.filter((each) => metricOf(evidence, lambdaMetrics.errors.name, each).length > 0);
  const [fn, ...others] = erring.length > 0 ? erring : all;
  const errors = metricOf(evidence, lambdaMetrics.errors.name, fn);
  return [
    {
      id,
      sentence: `a function in ${placeOf(first)} ${what}${failures.length === 1 ? '' : `, ${count(failures.length)} times`}: ${first.error}, ${innermost(first.cause)}`,
      execution: first.execution.arn,
      since: first.at,
      until: failures.at(-1)?.at ?? null,
      certain: true,
      evidence: [
        ...failureItems(failures),
        ...errors.map(metricItem),
        ...logItems(evidence, first.execution.stage, inLogs),
      ],
      fixes: [
        {
          kind: 'setting',
          resource: others.length === 0 && fn ? fn.arn : `the function in ${placeOf(first)}`,
          sentence:
            others.length === 0 && fn
              ? fix(fn)
              : what === 'ran out of memory'
                ? 'raise its MemorySize'
                : 'raise its Timeout',
        },
      ],
      runbook,
    },
  ];
}

/** Functions of the run whose invocations Lambda refused for lack of concurrency. */
export const lambdaThrottled: FindReasons = (evidence) =>
  evidence.functions.flatMap((fn) => {
    const execution = executionOf(fn, evidence);
    const [throttled] = metricOf(evidence, lambdaMetrics.throttles.name, fn);
    if (!execution || !throttled) return [];
    const used = metricOf(evidence, lambdaMetrics.concurrentExecutions.name, fn);
    const failures = failuresIn(evidence).filter(({ error }) => error === 'Lambda.TooManyRequestsException');
    const why =
      fn.reservedConcurrency === null
        ? `account ${fn.account} has no concurrency left`
        : `it has ${count(fn.reservedConcurrency)} at a time reserved`;
    return [
      {
        id: 'lambda-throttled' as const,
        sentence: `Lambda refused ${countOf(throttled.value, 'invocation')} of ${fn.name}: ${why}; retries wait, and end without success when they are used up`,
        execution: execution.arn,
        since: throttled.first,
        until: untilOf(throttled, evidence.at),
        certain: true,
        evidence: [...[throttled, ...used].map(metricItem), ...failureItems(failures)],
        fixes: [
          {
            kind: 'setting' as const,
            resource: fn.arn,
            sentence:
              fn.reservedConcurrency === null
                ? 'lower maxConcurrency of the tenant, or ask for more concurrency of the account'
                : `raise ReservedConcurrentExecutions from ${count(fn.reservedConcurrency)}`,
          },
        ],
        runbook: 'lambda-throttles',
      },
    ];
  });

/** Functions of the run that take nearly as long as they may. */
export const nearItsTimeout: FindReasons = (evidence) =>
  evidence.functions.flatMap((fn) => {
    const execution = executionOf(fn, evidence);
    const [longest] = metricOf(evidence, lambdaMetrics.duration.name, fn);
    if (!execution || !longest || longest.value < alarmingShares.timeout * 1_000 * fn.timeoutSeconds) return [];
    return [
      {
        id: 'slow-function' as const,
        sentence: `${fn.name} of the ${execution.stage} takes up to ${duration(longest.value)} of the ${fn.timeoutSeconds} s that it may take`,
        execution: execution.arn,
        since: longest.first,
        until: untilOf(longest, evidence.at),
        certain: true,
        evidence: [metricItem(longest)],
        fixes: [
          {
            kind: 'setting' as const,
            resource: fn.arn,
            sentence: `raise Timeout from ${fn.timeoutSeconds} s or MemorySize from ${count(fn.memoryMegabytes)} MB (more memory brings more CPU), or give it smaller batches`,
          },
        ],
        runbook: 'lambda-errors',
      },
    ];
  });

function metricOf({ metrics }: Evidence, name: string, fn: RecordedFunction | undefined): readonly RecordedMetric[] {
  return metrics.filter(
    (metric) =>
      metric.name === name &&
      metric.value > 0 &&
      metric.dimensions['FunctionName'] === fn?.name &&
      metric.account === fn?.account,
  );
}

/** Functions that the machine of an execution names. */
const functionsOf = (execution: RecordedExecution, { machines, functions }: Evidence): readonly RecordedFunction[] => {
  const named = machines.find(({ arn }) => arn === execution.stateMachineArn)?.functions ?? [];
  return functions.filter(({ arn }) => named.includes(arn));
};

/** The execution whose machine names a function. */
const executionOf = ({ arn }: RecordedFunction, { machines, executions }: Evidence): RecordedExecution | undefined =>
  executions.find(({ stateMachineArn }) =>
    machines.some((machine) => machine.arn === stateMachineArn && machine.functions.includes(arn)),
  );
