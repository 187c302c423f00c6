import type { Json } from '@crosswind/aws/json';
import type { FunctionModel } from '@crosswind/sandbox/lambda/modelled-functions';
import type { Execution, IntegrationModels } from '@crosswind/sandbox/sandbox';
import type { GameDay } from './game-day.ts';
import type { LocalDeployment } from './local-deployment.ts';

/** How a workload runs on a laptop, all of it optional. It has no constructs, because the command line loads it. */
export interface Local {
  /**
   * Options of its own for `crosswind start` and `crosswind sandbox`.
   *
   * @default - none
   */
  readonly options?: readonly LocalOption[];
  /**
   * Reads the values of the options, before anything is synthesized.
   *
   * @throws WrongOption
   * @default - nothing is filled in, and the execution tree is all that a run shows
   */
  readonly prepare?: (options: OptionValues) => LocalRun;
  /**
   * Input to try any deployment with, and the check of its output.
   *
   * @default - the input `{}`; any outcome but a failure is right
   */
  readonly sample?: Sample;
  /**
   * Faults of its own for `--break`, besides those of a stage that another one starts.
   *
   * @default - none
   */
  readonly faults?: readonly LocalFault[];
  /**
   * Models of integrations that the sandbox does not run, by the resource of the task after `arn:aws:states:::`, for
   * example `sqs:sendMessage`. Permissions are checked before a model is asked.
   *
   * @default - a task with such an integration fails
   */
  readonly integrations?: IntegrationModels;
  /**
   * Models that `crosswind simulate` runs in place of the workload's functions.
   *
   * @default - the workload cannot be simulated
   */
  readonly simulation?: LocalSimulation;
  /**
   * Faults that `crosswind gameday` plays, each with the alarms that it must raise.
   *
   * @default - none
   */
  readonly gameDays?: readonly GameDay[];
}

/** A mistake in the value of an option: what it must be, and what came. */
export class WrongOption extends Error {
  override readonly name = 'WrongOption';
}

export interface LocalOption {
  /** For example `--objects <n>`. */
  readonly flags: string;
  readonly description: string;
  /**
   * Reads the value.
   *
   * @throws WrongOption that says what it must be
   * @default - the text itself
   */
  readonly parse?: (text: string) => unknown;
  /** @default - undefined */
  readonly default?: unknown;
  /**
   * Value for `crosswind simulate --estimate`, which the plan of a change runs twice: a smaller input.
   *
   * @default - the value of `default`
   */
  readonly estimate?: unknown;
}

/** Values by the name of the option in camel case: `--fail-rate` is `failRate`. */
export type OptionValues = Readonly<Record<string, unknown>>;

/** A run that is to come. */
export interface LocalRun {
  /**
   * Input of the entry.
   *
   * @default - that of the sample
   */
  readonly input?: Json;
  /**
   * Fills what the run reads, and returns a sentence about it, for example `generated 3,000 orders`.
   *
   * @default - nothing
   */
  readonly fill?: (deployed: LocalDeployment, progress: (text: string) => void) => Promise<string>;
  /**
   * Reads the results of a run, successful or not.
   *
   * @default - nothing
   */
  readonly results?: (finished: FinishedRun) => Promise<LocalResults>;
}

/** A run that has ended. */
export interface FinishedRun extends LocalDeployment {
  /** By stage, in the order of their starts; a stage that was not started is absent. */
  readonly executions: ReadonlyMap<string, readonly Execution[]>;
}

/** Results as data: the command line shows them, reports write them. */
export interface LocalResults {
  /** For `--json` and `--report`. */
  readonly data: Readonly<Record<string, unknown>>;
  /** For `--out`. */
  readonly files: readonly { readonly name: string; readonly body: Buffer | string }[];
  /** For people. */
  readonly tables: readonly ResultTable[];
  /**
   * Values in an order, for people and for `--report`.
   *
   * @default - none
   */
  readonly series?: readonly ResultSeries[];
  /**
   * Values at places, for `--report`.
   *
   * @default - none
   */
  readonly points?: readonly ResultPoints[];
  /**
   * The whole of `tables`, `series` and `points`, for the console, where they are extracts. Each that is absent is no extract.
   *
   * @default - they are everything
   */
  readonly whole?: Partial<Pick<LocalResults, 'tables' | 'series' | 'points'>>;
  /**
   * The most important of it in one sentence, for the console, without a full stop.
   *
   * @default - the console says that there are results
   */
  readonly finding?: string;
  /**
   * Sentences about the origin of the data, for the console, without a full stop.
   *
   * @default - none
   */
  readonly provenance?: readonly string[];
}

/** Values in an order, for example a month each. */
export interface ResultSeries {
  readonly title: string;
  /** Unit of the values, for example `mph`. */
  readonly unit: string;
  readonly values: readonly { readonly label: string; readonly value: number }[];
}

/** Values at places. */
export interface ResultPoints {
  readonly title: string;
  /** Unit of the values, for example `mph`. */
  readonly unit: string;
  readonly points: readonly ResultPoint[];
}

export interface ResultPoint {
  readonly label: string;
  /** In degrees, north positive. */
  readonly latitude: number;
  /** In degrees, east positive. */
  readonly longitude: number;
  readonly value: number;
  /**
   * Row of the first table that is about the same thing, from 0.
   *
   * @default - none: the console makes a table of the points, where one of them has no row
   */
  readonly row?: number;
}

export interface ResultTable {
  readonly title: string;
  readonly columns: readonly { readonly heading: string; readonly align: 'left' | 'right' }[];
  readonly rows: readonly (readonly string[])[];
  /** Lines below it. */
  readonly notes: readonly string[];
}

export interface Sample {
  readonly input: Json;
  /** Problems of the entry's output; empty if the output is right. */
  readonly problems: (output: unknown) => readonly string[];
}

/** A permission that is taken away, to see what happens. */
export interface LocalFault {
  readonly id: string;
  /** For example `the function that reads a batch may not read objects`. */
  readonly title: string;
  readonly stage: string;
  /** Construct path of the role below the stack of the stage. */
  readonly role: string;
  /** For example `s3:GetObject`. */
  readonly action: string;
}

export interface LocalSimulation {
  /** Options of its own for `crosswind simulate`. */
  readonly options: readonly LocalOption[];
  /** @throws WrongOption */
  readonly prepare: (options: OptionValues & { readonly seed: number }) => SimulatedRun;
}

export interface SimulatedRun extends Omit<LocalRun, 'results'> {
  /** Models of functions, by the name of the state that invokes the function. */
  readonly models: Readonly<Record<string, FunctionModel>>;
}

/** Returns the local behavior of a workload; the compiler checks its type. */
export const defineLocal = (local: Local): Local => local;
