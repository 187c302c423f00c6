import type { JsonObject } from '@crosswind/aws/json';
import type { Snapshot } from '../models/snapshot.ts';
import { isDrawable, layoutMachine } from '../graph/layout-machine.ts';
import { eventDetails } from './event-columns.ts';
import { runModels } from './run-models.ts';
import type { RunSource, SourceExecution } from './source.ts';

export type { AnswerModel } from '../models/answers.ts';
export type { WidgetAnswer as MetricsAnswer, WidgetQuestion as MetricsQuestion } from '../models/metric-answers.ts';
export { wholeRange } from '../models/metric-answers.ts';
export type { Sections } from '../models/sections.ts';
export type { RunSource } from './source.ts';

/** All models of a run, nothing left out. */
export const snapshotOf = (source: RunSource): Snapshot => ({
  ...modelsOf(source),
  details: source.executions.map(eventDetails),
});

/** Models of a run without details of events: a served page asks for those of a single event. */
export const modelsOf = (source: RunSource): Snapshot => ({
  ...runModels(source),
  details: [],
  graphs: graphsOf(source.executions),
});

/** One graph for each state machine whose definition is known, and small enough. */
const graphsOf = (executions: readonly SourceExecution[]): Snapshot['graphs'] =>
  [...definitionsIn(executions)].map(([machineArn, definition]) => layoutMachine(machineArn, definition));

/** The newest definition of each state machine that can be drawn. */
export const definitionsIn = (executions: readonly SourceExecution[]): ReadonlyMap<string, JsonObject> =>
  new Map(
    executions.flatMap(({ stateMachineArn, definition }) =>
      definition && isDrawable(definition) ? [[stateMachineArn, definition] as const] : [],
    ),
  );
