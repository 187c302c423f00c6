import { alone } from '../expressions/aside.ts';
import { EvaluationFailed, PathFailed } from '../expressions/query.ts';
import { dataLimitExceeded } from '../execution/failure.ts';
import { byteLength } from '../json.ts';
import { MAX_PAYLOAD_BYTES } from '../limits.ts';
import { EMPTY, fill, rest } from './batcher.ts';
import { childIdentity } from './children.ts';
import { itemsOf } from './dispatched.ts';
import type { ChildEnd, ItemPage, MapRunEffect, MapRunEvent, MapRunOutcome } from './protocol.ts';
import { reopened } from './redrive.ts';
import { resultsOf, testManifest, writerDetails } from './result-files.ts';
import { selected } from './select.ts';
import type { ItemReading } from './spec.ts';
import { runningOf } from './state.ts';
import type { MapRunState, Tally } from './state.ts';
import { isExceeded } from './tolerance.ts';
import { change, end, failed, finish } from './turn.ts';
import type { Turn } from './turn.ts';

/**
 * Handles one event at a time: returns the next state of a Map Run and the effects that it asks for.
 * A run lists the items page by page and gathers them in batches. It runs a child for each batch, up to the maximum
 * concurrency, and collects the results.
 * Pure. Returns a promise only because the item selector evaluates asynchronously. `aside` runs long evaluations.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export async function mapRunStep(
  state: MapRunState,
  event: MapRunEvent,
  aside = alone,
): Promise<readonly [MapRunState, readonly MapRunEffect[]]> {
  const turn: Turn = { state, at: event.at, aside, effects: [] };
  await (HEARD_IN[state.phase.kind].includes(event.kind) ? hear(turn, event) : undefined);
  return [turn.state, turn.effects];
}

/** Events that each phase accepts. Any other is late and ignored. */
const HEARD_IN: Readonly<Record<MapRunState['phase']['kind'], readonly MapRunEvent['kind'][]>> = {
  backlogged: ['started', 'stopped', 'updated'],
  testing: ['files-written', 'write-failed', 'stopped', 'updated'],
  running: [
    'items-read',
    'read-failed',
    'dispatch',
    'child-start-failed',
    'child-succeeded',
    'child-failed',
    'stopped',
    'updated',
  ],
  writing: ['files-written', 'write-failed', 'stopped'],
  ended: ['redriven'],
};

async function hear(turn: Turn, event: MapRunEvent): Promise<void> {
  switch (event.kind) {
    case 'started':
      return start(turn);
    case 'items-read':
      return takeItems(turn, event, event.continuation);
    case 'read-failed':
      finish(turn, failed('States.ItemReaderFailed', event.cause));
      return;
    case 'dispatch':
      restartChildren(turn);
      startChildren(turn);
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
    case 'redriven':
      change(turn, reopened(turn.state, event.notRedrivable, turn.at));
      return start(turn);
    case 'updated':
      update(turn, event);
      return;
    case 'stopped':
      stop(turn);
  }
}

/** Aborts the run. A running one ends with result files. A writing one finishes its files. */
function stop(turn: Turn): void {
  const { phase } = turn.state;
  const outcome = { status: 'ABORTED' } as const;
  if (phase.kind === 'running') finish(turn, outcome);
  else if (phase.kind === 'writing') change(turn, { phase: { ...phase, outcome } });
  else end(turn, outcome);
}

function update(turn: Turn, { maxConcurrency, tolerated }: Extract<MapRunEvent, { kind: 'updated' }>): void {
  const { spec, phase } = turn.state;
  const changed = { maxConcurrency: maxConcurrency ?? spec.maxConcurrency };
  change(turn, { spec: { ...spec, ...changed, tolerated: { ...spec.tolerated, ...tolerated } } });
  if (phase.kind === 'running') goOn(turn);
}

/** First of all AWS writes a manifest to the bucket, so that missing permissions show before any work is done. */
async function start(turn: Turn): Promise<void> {
  const { writer } = turn.state.spec;
  if (!writer) return run(turn);
  change(turn, { phase: { kind: 'testing' } });
  turn.effects.push({ kind: 'write-files', bucket: writer.bucket, files: [testManifest(turn.state, writer)] });
}

async function filesWritten(turn: Turn): Promise<void> {
  const { phase } = turn.state;
  if (phase.kind !== 'writing') return run(turn);
  change(turn, { reported: phase.reported });
  end(turn, phase.outcome);
}

function writeFailed(turn: Turn, cause: string): void {
  const what = turn.state.phase.kind === 'testing' ? 'a test manifest' : 'the results';
  const sentence = `Failed to write ${what} into the specified output bucket. ${cause}`;
  end(turn, failed('States.ResultWriterFailed', sentence));
}

/** Reads the first page, or in a redrive what had not been read, while the children that are known run again. */
async function run(turn: Turn): Promise<void> {
  const { spec, listing, started, unread } = turn.state;
  const { items } = spec;
  change(turn, { phase: { kind: 'running' } });
  if (items.from === 'state' && started.length === 0) return takeItems(turn, { ...items, source: 'STATE_DATA' });
  if (items.from === 'reader' && listing) read(turn, items.reader, unread);
  goOn(turn);
}

function read(turn: Turn, reader: ItemReading, continuation: string | undefined): void {
  change(turn, { unread: continuation });
  turn.effects.push({ kind: 'read-items', reader, continuation });
}

/** One page of items: the next page is asked for at once, so that children run while the listing goes on. */
async function takeItems(turn: Turn, page: ItemPage, continuation?: string): Promise<void> {
  const { spec, itemsListed } = turn.state;
  const source = spec.items;
  const max = source.from === 'reader' ? source.maxItems : Infinity;
  const items = page.items.slice(0, max - itemsListed);
  const listing = continuation !== undefined && itemsListed + items.length < max;
  const problem = await addItems(turn, { ...page, items });
  if (problem) {
    finish(turn, problem);
    return;
  }
  change(turn, { listing, itemsListed: itemsListed + items.length, unread: undefined });
  if (listing && source.from === 'reader') read(turn, source.reader, continuation);
  if (!listing) closeLastBatch(turn);
  goOn(turn);
}

async function addItems(turn: Turn, page: ItemPage): Promise<MapRunOutcome | undefined> {
  const { spec, itemsListed, filling, batches } = turn.state;
  try {
    const filled = fill(filling, await selected(spec, page, itemsListed, turn.aside), spec.batch);
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

/** Children that are run again come first, in order. */
function restartChildren(turn: Turn): void {
  const { spec, batches, ended, again, restarted, items, executions } = turn.state;
  const room = roomFor(turn, again.children.length - again.next);
  const indices = again.children.slice(again.next, again.next + room);
  if (indices.length === 0) return;
  let count = 0;
  for (const index of indices) {
    const input = batches.at(index)?.input ?? null;
    turn.effects.push({ kind: 'start-child', index, input, again: true, ...childIdentity(spec, index) });
    count += itemsOf(turn.state, index);
  }
  change(turn, {
    restarted: restarted.append(indices.map((index) => ({ index, at: turn.at, endsBefore: ended.length }))),
    again: { ...again, next: again.next + indices.length, items: again.items - count },
    items: { ...items, started: items.started + count },
    executions: { ...executions, started: executions.started + indices.length },
  });
}

function startChildren(turn: Turn): void {
  const { spec, batches, started, items, executions } = turn.state;
  const last = started.length + roomFor(turn, batches.length - started.length);
  let itemsStarted = 0;
  for (let index = started.length; index < last; index++) {
    const batch = batches.at(index);
    if (!batch) break;
    turn.effects.push({ kind: 'start-child', index, input: batch.input, again: false, ...childIdentity(spec, index) });
    itemsStarted += batch.items;
  }
  const children = Math.max(0, last - started.length);
  change(turn, {
    started: started.append(Array.from({ length: children }, () => turn.at)),
    items: { ...items, started: items.started + itemsStarted },
    executions: { ...executions, started: executions.started + children },
  });
}

/** How many of the children that wait may be started now. */
function roomFor(turn: Turn, waiting: number): number {
  const { spec, executions } = turn.state;
  return dispatched(turn, Math.max(0, Math.min(waiting, spec.maxConcurrency - runningOf(executions))));
}

/** How many of the wanted children may be started in this second; the others are started in later ones. */
function dispatched(turn: Turn, wanted: number): number {
  const { dispatch } = turn.state;
  const isOver = turn.at >= dispatch.second + second;
  const { count, isWaiting } = isOver ? { count: 0, isWaiting: false } : dispatch;
  const granted = Math.max(0, Math.min(wanted, dispatch.perSecond - count));
  const waits = granted < wanted;
  const begin = isOver ? turn.at : dispatch.second;
  if (waits && !isWaiting) turn.effects.push({ kind: 'dispatch-later', at: begin + second });
  change(turn, { dispatch: { ...dispatch, second: begin, count: count + granted, isWaiting: isWaiting || waits } });
  return granted;
}

const second = 1_000;

/** All items of a batch share the fate of their child. */
function childEnded(turn: Turn, event: ChildEnd & { readonly at: number }): void {
  const { ended, items, executions } = turn.state;
  const status = event.kind === 'child-succeeded' ? 'SUCCEEDED' : event.status;
  const add = (tally: Tally, more: number): Tally => ({ ...tally, [status]: tally[status] + more });
  change(turn, {
    ended: ended.append([event]),
    items: add(items, itemsOf(turn.state, event.index)),
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
  restartChildren(turn);
  startChildren(turn);
  const { started, batches, executions, again } = turn.state;
  const isStarted = started.length === batches.length && again.next === again.children.length;
  if (!listing && isStarted && runningOf(executions) === 0) finish(turn, succeeded(turn.state));
}

function succeeded(state: MapRunState): MapRunOutcome {
  const { writer } = state.spec;
  if (writer) return { status: 'SUCCEEDED', output: writerDetails(state, writer) };
  const output = resultsOf(state);
  if (byteLength(output) <= MAX_PAYLOAD_BYTES) return { status: 'SUCCEEDED', output };
  const { error = '', cause } = dataLimitExceeded(state.spec.state);
  return failed(error, cause);
}
