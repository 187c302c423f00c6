import { z } from 'zod';
import { noFacts, recordedFacts } from './recorded-facts.ts';

/** Version of the record: a reader takes no other. */
export const runRecordVersion = 1;

/** Name of the record in the directory that a run writes to. */
export const runRecordName = 'run.json';

/** Most that a record keeps; what is above is cut, and `cut` says so. */
export const recordLimits = {
  executions: 200,
  /** Of an execution, the first and the last half. */
  events: 1_000,
  /** Batches of a Map Run: those in which something failed, then those that took longest. */
  batches: 500,
  /** Items of a batch with failures that are named, the first. */
  items: 5,
  denied: 500,
  /** Groups of decisions: those that were denied, then those that came most often. */
  decisions: 2_000,
  /** Seconds of a group of decisions, the first and the last half. */
  seconds: 120,
  /** Changes in the sandbox, the newest. */
  sandboxChanges: 500,
  /** Changes of an alarm's state, the newest. */
  changes: 50,
  /** Events of a log group, the newest. */
  logEvents: 10_000,
  /** Characters of the cause of an attempt or of a failed task. */
  causeCharacters: 512,
  /** Characters of an input, an output, a cause or a line of a log. */
  characters: 8_192,
} as const;

/** Milliseconds since the epoch, in virtual time. */
const time = z.number();

const event = z.object({
  id: z.number(),
  previousEventId: z.number(),
  at: time,
  type: z.string(),
  /** Name of the state that is entered or left. */
  state: z.string().optional(),
  resource: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
  /** ARN of the execution that the task started. */
  started: z.string().optional(),
});

const counts = z.record(z.string(), z.number());

const cause = { error: z.string().optional(), cause: z.string().optional() };

/** A batch of a Map Run: the attempts at its child execution, and the tasks in it that failed, retried or not. */
const batch = z.object({
  /** Place in the Map Run, from 0. */
  index: z.number(),
  arn: z.string(),
  items: z.number(),
  /** Keys or other names of its items, the first; only where something failed. */
  itemNames: z.array(z.string()),
  attempts: z.array(z.object({ startedAt: time, endedAt: time.nullable(), status: z.string(), ...cause })),
  failedTasks: z.array(z.object({ state: z.string(), startedAt: time, endedAt: time, ...cause })),
});

const mapRun = z.object({
  arn: z.string(),
  state: z.string(),
  startedAt: time,
  stoppedAt: time.nullable(),
  status: z.string(),
  redriveCount: z.number(),
  items: counts,
  executions: counts,
  /** When its first batch began; null where none has. */
  begunAt: time.nullable(),
  /** ARNs of executions that its batches started. */
  started: z.array(z.string()),
  /** In the order of the batches. */
  batches: z.array(batch),
});

const execution = z.object({
  arn: z.string(),
  name: z.string(),
  stage: z.string(),
  account: z.string(),
  stateMachineArn: z.string(),
  status: z.string(),
  startedAt: time,
  stoppedAt: time.nullable(),
  redriveCount: z.number(),
  /** JSON text. */
  input: z.string(),
  output: z.string().nullable(),
  error: z.string().nullable(),
  cause: z.string().nullable(),
  events: z.array(event),
  mapRuns: z.array(mapRun),
});

const denial = z.object({
  /** `denial-` and a running number. */
  id: z.string(),
  principal: z.string(),
  action: z.string(),
  resource: z.string(),
  account: z.string(),
  reason: z.string(),
  times: z.number(),
  /** Statements that fix it, each with the document that it belongs to. */
  fixes: z.array(z.object({ document: z.string(), of: z.string(), statement: z.record(z.string(), z.unknown()) })),
});

/** Decisions about requests of a principal for an action on a resource that ended alike. */
const decision = z.object({
  /** `decision-` and a running number. */
  id: z.string(),
  principal: z.string(),
  action: z.string(),
  /** With `*` at its end it stands for more than one resource. */
  resource: z.string(),
  /** Account of the resource. */
  account: z.string(),
  verdict: z.enum(['allowed', 'explicit deny', 'implicit deny', 'undecidable']),
  first: time,
  last: time,
  times: z.number(),
  /** Start of a second, and decisions in it. */
  seconds: z.array(z.tuple([time, z.number()])),
  busiest: z.tuple([time, z.number()]),
  /** Denial that says why and what fixes it; null for what was allowed. */
  denial: z.string().nullable(),
});

/** Something that was broken or fixed while the sandbox ran. */
const change = z.object({
  /** `change-` and a running number. */
  id: z.string(),
  at: time,
  /** Empty if every account is concerned. */
  account: z.string(),
  kind: z.enum(['stack', 'fault', 'schedule', 'quota', 'outage']),
  resource: z.string(),
  sentence: z.string(),
});

const alarm = z.object({
  name: z.string(),
  arn: z.string(),
  account: z.string(),
  region: z.string(),
  state: z.string(),
  reason: z.string(),
  changes: z.array(z.object({ at: time, from: z.string(), to: z.string(), reason: z.string() })),
});

const logEvent = z.object({ id: z.string(), at: time, ingestedAt: time, stream: z.string(), message: z.string() });

const logGroup = z.object({
  name: z.string(),
  account: z.string(),
  region: z.string(),
  /** Stage of the tenant that it belongs to; null for a group of anything else. */
  stage: z.string().nullable(),
  events: z.array(logEvent),
});

/** Record of a run, from which commands read after its process has ended. */
export const runRecord = z.object({
  version: z.literal(runRecordVersion),
  simulated: z.literal(true),
  tenant: z.string(),
  wave: z.string(),
  /** Fault that was injected; null for none. */
  fault: z.string().nullable(),
  /** When the record was written, in virtual time. */
  at: time,
  /** Accounts of the platform. */
  accounts: z.array(z.object({ id: z.string(), name: z.string() })),
  stages: z.array(
    z.object({ name: z.string(), account: z.string(), stateMachineArn: z.string(), starts: z.array(z.string()) }),
  ),
  executions: z.array(execution),
  denied: z.array(denial),
  decisions: z.array(decision),
  changes: z.array(change),
  alarms: z.array(alarm),
  logs: z.array(logGroup),
  facts: recordedFacts.default(noFacts),
  /** Sentences about what was cut. */
  cut: z.array(z.string()),
});

export type RunRecord = z.output<typeof runRecord>;
export type RecordedExecution = z.output<typeof execution>;
export type RecordedMapRun = z.output<typeof mapRun>;
export type RecordedDenial = z.output<typeof denial>;
export type RecordedDecision = z.output<typeof decision>;
export type RecordedAlarm = z.output<typeof alarm>;
export type RecordedLogGroup = z.output<typeof logGroup>;
