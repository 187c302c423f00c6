import { type OwnEmitter, ownEmitters } from '../../policies/metrics/emitters.ts';
import type { Stack } from '@crosswind/assembly/resolve';
import type { WatchedMetric } from '../../policies/metrics/watched-metric.ts';
import { resourcesOfType } from '../../policies/rules/rule.ts';
import type { Quantity } from './quantity.ts';
import { type ScheduledFunction, scheduledFunctions } from './scheduled-functions.ts';

/** Everything that emits metrics. */
export interface Emitting {
  readonly stacks: readonly Stack[];
  /** Functions that a schedule invokes. */
  readonly scheduled: readonly ScheduledFunction[];
  /** Functions with own metrics, and how many series each of these metrics has. */
  readonly own: readonly (OwnEmitter & { readonly series: number })[];
}

export function emittingIn(stacks: readonly Stack[]): Emitting {
  const scheduled = scheduledFunctions(stacks);
  const byArn = new Map(scheduled.map((fn) => [fn.arn, fn]));
  const own = ownEmitters(stacks).map((emitter) => ({
    ...emitter,
    // A probe emits for each tenant that it looks at, and says with its dimensions that only it knows which.
    series: [...emitter.dimensions.values()].includes(undefined) ? (byArn.get(emitter.arn)?.tenants.length ?? 1) : 1,
  }));
  return { stacks, scheduled, own };
}

/** Types of resources whose services emit metrics in a namespace, and the dimension that has their names. */
const emittedFor: Readonly<Record<string, readonly [type: string, dimension: string]>> = {
  'AWS/Lambda': ['AWS::Lambda::Function', 'FunctionName'],
  'AWS/SQS': ['AWS::SQS::Queue', 'QueueName'],
  'AWS/States': ['AWS::StepFunctions::StateMachine', 'StateMachineArn'],
};

/**
 * Metrics that the query of an alarm analyzes: of each account of its region in which something emits it, or of each
 * resource. At least those that always have data are, which are those of functions that a schedule invokes.
 */
export function metricsMatched(metric: WatchedMetric, { stacks, scheduled, own }: Emitting): Quantity {
  const { namespace, name, region, dimensions } = metric;
  const isHere = (placed: { readonly region: string }): boolean => placed.region === region;
  if (!namespace.startsWith('AWS/')) {
    const emitters = own.filter((emitter) => isHere(emitter) && emitter.metrics.includes(name));
    return { least: 0, most: emitters.reduce((total, { series }) => total + series, 0) };
  }
  const [type, dimension] = emittedFor[namespace] ?? [];
  const found = type === undefined ? [] : resourcesOfType(stacks.filter(isHere), type);
  const accounts = new Set(found.map(({ stack }) => stack.account)).size;
  const isByResource = dimension !== undefined && dimensions !== undefined && Object.hasOwn(dimensions, dimension);
  if (isByResource) return { least: 0, most: found.length };
  const invoked = new Set(scheduled.filter(isHere).map(({ account }) => account)).size;
  const least = namespace === 'AWS/Lambda' ? invoked : 0;
  // A query without a schema analyzes those of accounts and of resources.
  return { least, most: dimensions === undefined ? accounts + found.length : accounts };
}
