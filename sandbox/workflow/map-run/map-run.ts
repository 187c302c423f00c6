import { EvaluationFailed, PathFailed } from '../query.ts';
import { dataLimitExceeded } from '../failure.ts';
import { byteLength } from '../json.ts';
import type { Json } from '../json.ts';
import { MAX_PAYLOAD_BYTES } from '../limits.ts';
import { EMPTY, fill, rest } from './batcher.ts';
import { childIdentity } from './children.ts';
import type { ChildEnd, MapRunEffect, MapRunEvent, MapRunOutcome } from './protocol.ts';
import { resultsOf, testManifest, writerDetails } from './result-files.ts';
import { selected } from './select.ts';
import type { MapRunState, Tally } from './state.ts';
import { isExceeded } from './tolerance.ts';
import { change, end, failed, finish, stopChildren } from './turn.ts';
import type { Turn } from './turn.ts';

/**
 * What a Map Run becomes when it hears of an event, and what it asks for in return: list the items page by page,
 * gather them in batches, run a child for each, at most so many at a time, and bring the results together.
 * Pure: a promise only because the item selector evaluates asynchronously. One event at a time.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export async function mapRunStep(
  state: MapRunState,
  event: MapRunEvent,
): Promise<readonly [MapRunState, readonly MapRunEffect[]]> {
  const turn: Turn = { state, at: event.at, effects: [] };
  await (HEARD_IN[state.phase.kind].includes(event.kind) ? hear(turn, event) : undefined);
  return [turn.state, turn.effects];
}

/** What can happen in each phase; anything else is late, and dropped. */
const HEARD_IN: Readonly<Record<MapRunState['phase']['kind'], readonly MapRunEvent['kind'][]>> = {
  backlogged: ['started', 'stopped'],
  testing: ['files-written', 'write-failed', 'stopped'],
  running: ['items-read', 'read-failed', 'child-start-failed', 'child-succeeded', 'child-failed', 'stopped'],
  writing: ['files-written', 'write-failed', 'stopped'],
  ended: [],
};

async function hear(turn: Turn, event: MapRunEvent): Promise<void> {
  switch (event.kind) {
    case 'started':
      return start(turn);
    case 'items-read':
      return takeItems(turn, event.items, event.continuation);
    case 'read-failed':
      finish(turn, failed('States.ItemReaderFailed', event.cause));
      return;
    case 'child-start-failed':
      finish(turn, failed(event.error, event.cause));
      return;
    case 'child-succeeded':
    case 'child-failed':
      childEnded(turn, event);
      return;
    case 'files-written':
      return filesWritten(turn);
    case 'write-failed':
      writeFailed(turn, event.cause);
      return;
    case 'stopped':
      stopChildren(turn);
      end(turn, { status: 'ABORTED' });
  }
}

/** First of all AWS writes a manifest to the bucket, so that missing permissions show before any work is done. */
async function start(turn: Turn): Promise<void> {
  const { spec } = turn.state;
  const { writer } = spec;
  if (!writer) return readFirst(turn);
  change(turn, { phase: { kind: 'testing' } });
  turn.effects.push({ kind: 'write-files', bucket: writer.bucket, files: [testManifest(spec, writer)] });
}

async function filesWritten(turn: Turn): Promise<void> {
  const { phase } = turn.state;
  if (phase.kind === 'writing') end(turn, phase.outcome);
  else await readFirst(turn);
}

function writeFailed(turn: Turn, cause: string): void {
  const what = turn.state.phase.kind === 'testing' ? 'a test manifest' : 'the results';
  const sentence = `Failed to write ${what} into the specified output bucket. ${cause}`;
  end(turn, failed('States.ResultWriterFailed', sentence));
}

async function readFirst(turn: Turn): Promise<void> {
  const { items } = turn.state.spec;
  change(turn, { phase: { kind: 'running' } });
  if (items.from === 'state') await takeItems(turn, items.items);
  else turn.effects.push({ kind: 'read-items', resource: items.resource, arguments: items.arguments });
}

/** One page of items: the next page is asked for at once, so that children run while the listing goes on. */
async function takeItems(turn: Turn, page: readonly Json[], continuation?: string): Promise<void> {
  const { spec, itemsListed } = turn.state;
  const source = spec.items;
  const max = source.from === 'reader' ? (source.maxItems ?? Infinity) : Infinity;
  const items = page.slice(0, max - itemsListed);
  const listing = continuation !== undefined && itemsListed + items.length < max;
  const problem = await addItems(turn, items);
  change(turn, { listing, itemsListed: itemsListed + items.length });
  if (problem) {
    finish(turn, problem);
    return;
  }
  if (listing && source.from === 'reader') {
    turn.effects.push({ kind: 'read-items', resource: source.resource, arguments: source.arguments, continuation });
  }
  if (!listing) closeLastBatch(turn);
  goOn(turn);
}

async function addItems(turn: Turn, items: readonly Json[]): Promise<MapRunOutcome | undefined> {
  const { spec, itemsListed, filling, batches } = turn.state;
  try {
    const filled = fill(filling, await selected(spec, items, itemsListed), spec.batch);
    if (!filled.ok) return failed('States.DataLimitExceeded', tooLarge(filled.bytes));
    change(turn, { filling: filled.filling, batches: batches.append(filled.batches) });
    return undefined;
  } catch (error) {
    if (!(error instanceof EvaluationFailed || error instanceof PathFailed)) throw error;
    const place = `An error occurred while executing the state '${spec.state}'.`;
    const name = error instanceof PathFailed ? error.error : 'States.QueryEvaluationError';
    return failed(name, `${place} ${error.message}`);
  }
}

const tooLarge = (bytes: number): string =>
  `An item of ${bytes} bytes does not fit into the input of a child workflow execution.`;

function closeLastBatch(turn: Turn): void {
  const { batches, filling, spec } = turn.state;
  change(turn, { batches: batches.append(rest(filling, spec.batch)), filling: EMPTY });
}

function startChildren(turn: Turn): void {
  const { spec, batches, started, ended, items, executions } = turn.state;
  const room = spec.maxConcurrency - (started.length - ended.length);
  const last = Math.min(batches.length, started.length + room);
  let itemsStarted = 0;
  for (let index = started.length; index < last; index++) {
    const batch = batches.at(index);
    if (!batch) break;
    turn.effects.push({ kind: 'start-child', index, input: batch.input, ...childIdentity(spec, index) });
    itemsStarted += batch.items;
  }
  const children = Math.max(0, last - started.length);
  change(turn, {
    started: started.append(Array.from({ length: children }, () => turn.at)),
    items: { ...items, started: items.started + itemsStarted },
    executions: { ...executions, started: executions.started + children },
  });
}

/** All items of a batch share the fate of their child. */
function childEnded(turn: Turn, event: ChildEnd & { readonly at: number }): void {
  const { batches, ended, items, executions } = turn.state;
  const status = event.kind === 'child-succeeded' ? 'SUCCEEDED' : event.status;
  const add = (tally: Tally, more: number): Tally => ({ ...tally, [status]: tally[status] + more });
  change(turn, {
    ended: ended.append([event]),
    items: add(items, batches.at(event.index)?.items ?? 0),
    executions: add(executions, 1),
  });
  goOn(turn);
}

/** Ends the run when too much has failed or nothing is left to do; otherwise starts what there is room for. */
function goOn(turn: Turn): void {
  const { spec, items, itemsListed, listing } = turn.state;
  const failures = { failed: items.FAILED + items.TIMED_OUT, total: itemsListed, listing };
  if (isExceeded(spec.tolerated, failures)) {
    const cause = 'The specified tolerated failure threshold was exceeded';
    finish(turn, failed('States.ExceedToleratedFailureThreshold', cause));
    return;
  }
  startChildren(turn);
  const { started, ended, batches } = turn.state;
  const isDone = !listing && started.length === batches.length && ended.length === started.length;
  if (isDone) finish(turn, succeeded(turn.state));
}

function succeeded(state: MapRunState): MapRunOutcome {
  const { writer } = state.spec;
  if (writer) return { status: 'SUCCEEDED', output: writerDetails(state.spec, writer) };
  const output = resultsOf(state);
  if (byteLength(output) <= MAX_PAYLOAD_BYTES) return { status: 'SUCCEEDED', output };
  const { error = '', cause } = dataLimitExceeded(state.spec.state);
  return failed(error, cause);
}
