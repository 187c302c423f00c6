import { z } from 'zod';

/** Milliseconds since the epoch, in virtual time. */
const time = z.number();

const machine = z.object({
  arn: z.string(),
  roleArn: z.string(),
  /** Roles that its tasks assume. */
  taskRoles: z.array(z.string()),
  /** ARNs of the functions that its definition names. */
  functions: z.array(z.string()),
  /** Seconds that an execution may take; null for no limit. */
  timeoutSeconds: z.number().nullable(),
});

const lambdaFunction = z.object({
  arn: z.string(),
  name: z.string(),
  account: z.string(),
  region: z.string(),
  roleArn: z.string(),
  timeoutSeconds: z.number(),
  memoryMegabytes: z.number(),
  /** Null for a function that shares the concurrency of its account. */
  reservedConcurrency: z.number().nullable(),
});

const metric = z.object({
  account: z.string(),
  region: z.string(),
  namespace: z.string(),
  name: z.string(),
  dimensions: z.record(z.string(), z.string()),
  statistic: z.enum(['Sum', 'Maximum']),
  /** Over all minutes of the run. */
  value: z.number(),
  /** Highest value of one period, a minute in a sandbox. */
  peak: z.number(),
  /** First and last minute with a value above 0; null where there is none. */
  first: time.nullable(),
  last: time.nullable(),
});

const schedule = z.object({
  arn: z.string(),
  stateMachineArn: z.string(),
  isEnabled: z.boolean(),
  /** A time that has passed, at which it did not fire although it should; null for none. */
  missedAt: time.nullable(),
  /** Times at which it fired, in their order. */
  firings: z.array(
    z.object({
      scheduledAt: time,
      /** `invoked`, `under way`, `dead letter`, `dropped`, `skipped` and so on. */
      outcome: z.string(),
      /** ARNs of the executions that it started. */
      started: z.array(z.string()),
      error: z.string().nullable(),
    }),
  ),
});

const probe = z.object({
  account: z.string(),
  region: z.string(),
  /** Since when the probe should have made rounds; null where none is deployed. */
  since: time.nullable(),
  /** Start of the minute of its last round that did not fail; null for none. */
  lastRound: time.nullable(),
  /** Start of the minute of the last round that failed, after all others; null for none. */
  failedAt: time.nullable(),
  /** True if the account shows its metrics to another one; null where nobody says so. */
  isLinked: z.boolean().nullable(),
});

/** Facts about a run besides its executions and calls: how it is set up, and what was measured meanwhile. */
export const recordedFacts = z.object({
  machines: z.array(machine),
  functions: z.array(lambdaFunction),
  metrics: z.array(metric),
  schedules: z.array(schedule),
  probes: z.array(probe),
  /** Lambda concurrency of each account, by its id; no account where it is not known. */
  concurrency: z.record(z.string(), z.number()),
});

export type RecordedFacts = z.output<typeof recordedFacts>;
export type RecordedMachine = z.output<typeof machine>;
export type RecordedFunction = z.output<typeof lambdaFunction>;
export type RecordedMetric = z.output<typeof metric>;
export type RecordedSchedule = z.output<typeof schedule>;
export type RecordedProbe = z.output<typeof probe>;

export const noFacts: RecordedFacts = {
  machines: [],
  functions: [],
  metrics: [],
  schedules: [],
  probes: [],
  concurrency: {},
};
