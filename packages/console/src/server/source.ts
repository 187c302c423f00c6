import type { JsonObject } from '@crosswind/aws/json';
import type { AccountModel } from '../models/snapshot.ts';
import type { DecisionModel } from '../models/decisions.ts';
import type { AnswerModel } from '../models/answers.ts';
import type { Sections } from '../models/sections.ts';
import type { VerdictModel } from '../models/verdict.ts';

/** A run in AWS's terms, from which models are made; all times are milliseconds since the epoch. */
export interface RunSource {
  readonly title: string;
  readonly simulated: boolean;
  /** When it was collected. */
  readonly at: number;
  readonly accounts: readonly AccountModel[];
  /** In the order of their starts. */
  readonly executions: readonly SourceExecution[];
  readonly decisions: readonly DecisionModel[];
  readonly verdicts: readonly VerdictModel[];
  /** @default - nothing but runs */
  readonly sections?: Sections;
  /** @default - none */
  readonly answers?: readonly AnswerModel[];
  /**
   * Sentences about what is left out.
   *
   * @default - nothing is
   */
  readonly cut?: readonly string[];
}

/**
 * An execution as DescribeExecution and GetExecutionHistory give it.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html
 */
export interface SourceExecution {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  /** Name for people, for example `wind-speed parent`. */
  readonly title: string;
  readonly status: string;
  readonly startDate: number;
  readonly stopDate?: number;
  /** JSON text. */
  readonly input?: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  /** Amazon States Language; absent where nobody knows it. */
  readonly definition?: JsonObject;
  readonly events: readonly SourceEvent[];
  readonly mapRuns: readonly SourceMapRun[];
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html */
export interface SourceEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: number;
  readonly type: string;
  readonly [details: `${string}EventDetails`]: JsonObject;
}

/** A Map Run as DescribeMapRun gives it, with its batches. */
export interface SourceMapRun {
  readonly mapRunArn: string;
  /** Name of the Map state. */
  readonly state: string;
  readonly startDate: number;
  readonly stopDate?: number;
  readonly status: string;
  readonly toleratedFailurePercentage?: number;
  readonly maxConcurrency?: number;
  readonly batches: readonly SourceBatch[];
}

export interface SourceBatch {
  /** Place in the Map Run, from 0. */
  readonly index: number;
  readonly executionArn: string;
  readonly items: number;
  /** At least one. */
  readonly attempts: readonly {
    readonly startedAt: number;
    readonly endedAt?: number;
    readonly status: string;
    readonly error?: string;
  }[];
}
