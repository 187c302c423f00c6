import { signal } from '@preact/signals';
import { countOf } from '../../chart/time-text.ts';
import type { GraphModel } from '../../models/graph.ts';
import { type View, runView } from '../../models/address.ts';
import { type Imported, readImport } from '../../imported/read-import.ts';
import { ask } from '../state/ask.ts';
import { errorText } from '../state/error-text.ts';
import { announcement, go, imports } from '../state/store.ts';
import { digestOfAll, type Given, given } from './given.ts';
import { inSlices } from './in-slices.ts';

/** Why what was given cannot be shown; undefined if nothing is wrong. */
export const problem = signal<string | undefined>(undefined);

/** Name for people of the input that is being read; undefined while nothing is. */
export const reading = signal<string | undefined>(undefined);

/** Takes more of an import, and shows it as soon as there is a history. What cannot be read is not kept. */
export async function take(name: string, parts: () => Promise<readonly Given[]>): Promise<void> {
  if (reading.value !== undefined) return;
  problem.value = undefined;
  reading.value = name;
  try {
    await show([...given.value, ...(await parts())]);
  } catch (error) {
    problem.value = errorText(error);
  } finally {
    reading.value = undefined;
  }
}

/** Shows an import, or says what is wrong with it. */
async function show(all: readonly Given[]): Promise<void> {
  const result = await inSlices(readImport(all));
  if (!result.ok) {
    problem.value = result.problem;
    if (result.isWaiting) given.value = all;
    return;
  }
  const digest = await digestOfAll(all);
  given.value = [];
  imports.value = new Map([...imports.value, [digest, result.imported]]);
  const { executions, events } = result.imported.snapshot;
  const count = events.reduce((sum, { total }) => sum + total, 0);
  announcement.value = `${countOf(count, 'event')} of ${countOf(executions.length, 'execution')} imported`;
  const view = firstView(digest, result.imported);
  if (view) go({ view });
  if (IS_SERVED) await layOut(digest, result.imported);
}

/** The waterfall of the execution of an import that began first. */
export function firstView(digest: string, { snapshot }: Imported): View | undefined {
  const first = snapshot.executions.find(({ parent }) => parent === null) ?? snapshot.executions[0];
  if (!first) return undefined;
  const view = runView(first.arn, 'waterfall');
  return view.name === 'run' ? { ...view, imported: digest } : view;
}

/** Asks for the layout of each definition that is known; without an answer the chain stays. */
async function layOut(digest: string, { executions }: Imported): Promise<void> {
  const definitions = new Map(
    executions.flatMap(({ stateMachineArn, definition }) =>
      definition ? [[stateMachineArn, definition] as const] : [],
    ),
  );
  for (const [stateMachineArn, definition] of definitions) {
    try {
      const graph = (await ask('import-graph', { stateMachineArn, definition })) as GraphModel;
      putGraph(digest, graph);
    } catch (error) {
      announcement.value = errorText(error);
    }
  }
}

function putGraph(digest: string, graph: GraphModel): void {
  const imported = imports.value.get(digest);
  if (!imported) return;
  const graphs = imported.snapshot.graphs.map((each) => (each.machineArn === graph.machineArn ? graph : each));
  imports.value = new Map(imports.value).set(digest, { ...imported, snapshot: { ...imported.snapshot, graphs } });
}
