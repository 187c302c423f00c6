import { entriesOf, type StateEntries } from '../chart/state-entries.ts';
import { eventRows } from '../models/events.ts';
import { eventDetails } from '../server/event-columns.ts';
import { runModels } from '../server/run-models.ts';
import type { SourceExecution } from '../server/source.ts';
import type { Snapshot } from '../models/snapshot.ts';
import { chainGraph } from './chain-graph.ts';
import { sorted } from './descriptions.ts';
import { type Document, documentsIn } from './documents.ts';
import { historiesIn } from './histories.ts';
import { matched } from './matched.ts';
import { MissingHistory, WrongInput } from './wrong-input.ts';

/** A text that somebody chose, dropped or pasted. */
export interface ImportedText {
  /** Name of the file, or what stands for it. */
  readonly name: string;
  readonly text: string;
}

/** Executions that were imported together. */
export interface Imported {
  /** Recorded executions, with a chain instead of a graph. */
  readonly snapshot: Snapshot;
  readonly executions: readonly SourceExecution[];
}

export type ImportResult =
  | { readonly ok: true; readonly imported: Imported }
  | {
      readonly ok: false;
      readonly problem: string;
      /** True if nothing is wrong with the texts, and only the history is not there yet. */
      readonly isWaiting: boolean;
    };

/**
 * Reads histories and what describes them. Its slices are short, whatever the size: after each of them somebody who draws
 * may let the browser do something else.
 */
export function* readImport(texts: readonly ImportedText[]): Generator<undefined, ImportResult> {
  try {
    return { ok: true, imported: yield* importedOf(texts) };
  } catch (error) {
    if (error instanceof WrongInput) {
      return { ok: false, problem: error.message, isWaiting: error instanceof MissingHistory };
    }
    throw error;
  }
}

function* importedOf(texts: readonly ImportedText[]): Generator<undefined, Imported> {
  const documents: Document[] = [];
  for (const { name, text } of texts) documents.push(...(yield* documentsIn(name, text)));
  const { histories: pages, executions: described, machines } = sorted(documents);
  if (pages.length === 0)
    throw new MissingHistory(
      `${documents.map(({ place }) => place).join(' and ')}: no history is there: add the output of \`aws stepfunctions get-execution-history\``,
    );
  const histories = yield* historiesIn(pages);
  const executions = [...matched(histories, described, machines)].sort((one, other) => one.startDate - other.startDate);
  const twice = executions.find(
    ({ executionArn }, index) => executions.findIndex((each) => each.executionArn === executionArn) < index,
  );
  if (twice) throw new WrongInput(`${twice.executionArn}: expected each execution once, got two histories of it`);
  yield;
  const times = executions.flatMap(({ startDate, stopDate = 0, events }) => [
    startDate,
    stopDate,
    events.at(-1)?.timestamp ?? 0,
  ]);
  const models = runModels({
    title: titleOf(executions),
    simulated: false,
    at: Math.max(...times),
    accounts: [],
    executions,
    decisions: [],
    verdicts: [],
  });
  const entries = new Map<string, StateEntries>();
  for (const [index, columns] of models.events.entries()) {
    yield;
    eventRows(columns);
    yield;
    // The waterfall finds them, too: those of the same columns and the same end are made once.
    entries.set(columns.execution, entriesOf(columns, models.executions[index]?.stoppedAt ?? null));
  }
  const graphs = [...new Set(executions.map(({ stateMachineArn }) => stateMachineArn))].map((machineArn) => {
    const own = executions.filter(({ stateMachineArn }) => stateMachineArn === machineArn);
    return chainGraph(
      machineArn,
      own.flatMap(({ executionArn }) => entries.get(executionArn) ?? []),
    );
  });
  const details: Snapshot['details'][number][] = [];
  for (const execution of executions) {
    yield;
    details.push(eventDetails(execution));
  }
  return { snapshot: { ...models, graphs, details, cut: histories.flatMap(({ notes }) => notes) }, executions };
}

const titleOf = (executions: readonly SourceExecution[]): string => {
  const [first] = executions;
  return `Recorded, imported: ${first?.title ?? ''}${executions.length > 1 ? ` and ${executions.length - 1} more` : ''}`;
};
