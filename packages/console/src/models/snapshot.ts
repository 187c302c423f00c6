import type { BatchColumns } from './batches.ts';
import type { DecisionModel } from './decisions.ts';
import type { EventColumns, EventDetails } from './events.ts';
import type { ExecutionModel } from './executions.ts';
import type { GraphModel } from './graph.ts';
import type { AnswerModel } from './answers.ts';
import type { Sections } from './sections.ts';
import type { VerdictModel } from './verdict.ts';

/** Version of the models: a page reads no other. */
export const modelsVersion = 1;

/** All models of a page at one time: what a static page contains, and what a served page asks for first. */
export interface Snapshot {
  readonly version: typeof modelsVersion;
  /** True unless the histories are of AWS. */
  readonly simulated: boolean;
  /** Name of the whole, for example a tenant and its wave. */
  readonly title: string;
  /** Milliseconds since the epoch, in virtual time: no model knows anything later. */
  readonly at: number;
  readonly accounts: readonly AccountModel[];
  readonly executions: readonly ExecutionModel[];
  readonly events: readonly EventColumns[];
  /** Empty where the details were left out. */
  readonly details: readonly EventDetails[];
  readonly graphs: readonly GraphModel[];
  readonly batches: readonly BatchColumns[];
  readonly decisions: readonly DecisionModel[];
  /** One for each run that somebody asked about, or that ended. */
  readonly verdicts: readonly VerdictModel[];
  readonly sections: Sections;
  /** Answers to questions that a served page would ask. */
  readonly answers: readonly AnswerModel[];
  /** Sentences about what was left out. */
  readonly cut: readonly string[];
}

export interface AccountModel {
  readonly id: string;
  readonly name: string;
}
