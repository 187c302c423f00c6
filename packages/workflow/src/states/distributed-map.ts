import { bindingsOf } from '../expressions/bindings.ts';
import { uuid } from '../chance.ts';
import { CSV_DELIMITERS } from '../definition/definition.ts';
import type { DistributedMapState, ItemReader, ReaderConfig } from '../definition/definition.ts';
import { evaluateAs } from '../expressions/expressions.ts';
import type { Bindings } from '../expressions/query.ts';
import { placeOf } from '../execution/identity.ts';
import type { Json } from '@crosswind/aws/json';
import { MAX_MAP_RUN_CONCURRENCY, MAX_MAP_RUN_ITEMS, MAX_PAYLOAD_BYTES } from '../limits.ts';
import type { BatchSpec, FileFormat, ItemSource, MapRunSpec, WriterSpec } from '../map-run/spec.ts';
import { integerField } from '../expressions/number-field.ts';
import type { ThreadId } from '../execution/thread.ts';
import type { Turn } from '../execution/turn.ts';
import { keyedItemsOf, toleranceOf } from './items.ts';

/** Asks for a Map Run, with everything it needs to know of this execution evaluated. */
export async function startMapRun(turn: Turn, id: ThreadId, state: DistributedMapState): Promise<void> {
  const bindings = bindingsOf(turn, id);
  const { ItemReader, ItemSelector, ItemProcessor } = state;
  const items = ItemReader ? undefined : await keyedItemsOf(turn, id, state, bindings);
  const asked = (await integerField(state, 'MaxConcurrency', bindings, [0, Infinity])) ?? 0;
  const maxConcurrency = Math.min(asked === 0 ? Infinity : asked, MAX_MAP_RUN_CONCURRENCY);
  const started = turn.record(id, 'MapStateStarted', { length: items?.items.length ?? 0 });
  const run = nameRun(turn, id, state);
  const spec: MapRunSpec = {
    ...run,
    state: turn.thread(id).visit.state,
    processor: ItemProcessor,
    executionType: ItemProcessor.ProcessorConfig.ExecutionType,
    items: ItemReader ? await readerOf(ItemReader, bindings) : { from: 'state', items: [], ...items },
    selector:
      ItemSelector === undefined ? undefined : { template: ItemSelector, bindings: { ...bindings, aside: undefined } },
    batch: await batchOf(state, bindings),
    maxConcurrency,
    tolerated: await toleranceOf(state, bindings),
    transformation: transformationOf(state),
    writer: await writerOf(state, run.mapRunArn, bindings),
  };
  const task = `map-run-${started}`;
  turn.emit({ kind: 'map-run', task, spec });
  turn.await(id, { kind: 'map-run', task, mapRunArn: spec.mapRunArn });
}

function nameRun(turn: Turn, id: ThreadId, { Label }: DistributedMapState): { mapRunArn: string; label: string } {
  const { executionArn, stateMachineArn, stateMachineName } = turn.before.identity;
  const { partition, region, account } = placeOf(stateMachineArn);
  const seed = `${executionArn}/map-run/${turn.lastEventId}`;
  const label = Label ?? uuid(`${stateMachineArn}/label/${turn.thread(id).visit.state}`);
  const run = `${stateMachineName}/${label}:${uuid(seed)}`;
  return { label, mapRunArn: `arn:${partition}:states:${region}:${account}:mapRun:${run}` };
}

async function readerOf(
  { Resource, Arguments, ReaderConfig = {} }: ItemReader,
  bindings: Bindings,
): Promise<ItemSource> {
  const args = await evaluateAs('object', Arguments, 'ItemReader/Arguments', bindings);
  const asked = await integerField(ReaderConfig, 'MaxItems', bindings, [0, Infinity], 'ItemReader/ReaderConfig/');
  // As recorded, 0 is no limit, and more than the most is the most.
  const maxItems = Math.min(asked === undefined || asked === 0 ? Infinity : asked, MAX_MAP_RUN_ITEMS);
  const action = Resource.endsWith(':getObject') ? 'getObject' : 'listObjectsV2';
  return { from: 'reader', reader: { action, arguments: args, format: formatOf(ReaderConfig) }, maxItems };
}

function formatOf(config: ReaderConfig): FileFormat | undefined {
  const { InputType, ItemsPointer, CSVDelimiter = 'COMMA', CSVHeaders } = config;
  if (InputType === 'JSON') return { InputType, ItemsPointer };
  return InputType === 'CSV'
    ? { InputType, CSVDelimiter: CSV_DELIMITERS[CSVDelimiter], CSVHeaders }
    : InputType && { InputType };
}

async function batchOf({ ItemBatcher }: DistributedMapState, bindings: Bindings): Promise<BatchSpec | undefined> {
  if (!ItemBatcher) return undefined;
  const number = (field: 'MaxItemsPerBatch' | 'MaxInputBytesPerBatch', max: number): Promise<number | undefined> =>
    integerField(ItemBatcher, field, bindings, [1, max], 'ItemBatcher/');
  const { BatchInput } = ItemBatcher;
  return {
    maxItems: await number('MaxItemsPerBatch', MAX_MAP_RUN_ITEMS),
    maxInputBytes: await number('MaxInputBytesPerBatch', MAX_PAYLOAD_BYTES),
    input: BatchInput && (await evaluateAs('object', BatchInput, 'ItemBatcher/BatchInput', bindings)),
  };
}

async function writerOf(
  { ResultWriter }: DistributedMapState,
  mapRunArn: string,
  bindings: Bindings,
): Promise<WriterSpec | undefined> {
  if (ResultWriter?.Arguments === undefined) return undefined;
  const { Arguments } = ResultWriter;
  const { Bucket, Prefix } = await evaluateAs('object', Arguments, 'ResultWriter/Arguments', bindings);
  const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
  const prefix = text(Prefix).replace(/\/$/, '');
  const folder = [prefix, mapRunArn.split(':').at(-1)].filter(Boolean).join('/');
  return { bucket: text(Bucket), folder, outputType: ResultWriter.WriterConfig?.OutputType ?? 'JSON' };
}

/** AWS's defaults: with records around it when it goes to S3, the bare outputs when it is the state's output. */
const transformationOf = ({ ResultWriter }: DistributedMapState): MapRunSpec['transformation'] =>
  ResultWriter?.WriterConfig?.Transformation ?? (ResultWriter?.Resource === undefined ? 'COMPACT' : 'NONE');

export function mapRunStarted(turn: Turn, id: ThreadId): void {
  const { activity } = turn.thread(id).visit;
  if (activity.kind !== 'map-run') return;
  turn.record(id, 'MapRunStarted', { mapRunArn: activity.mapRunArn });
  turn.visit(id, { mapRunArn: activity.mapRunArn });
}

/** Asks for what the Map Run has left undone, instead of a Map Run of its own. */
export function redriveMapRun(turn: Turn, id: ThreadId, mapRunArn: string): void {
  const task = `map-run-redrive-${turn.lastEventId}-${id}`;
  turn.emit({ kind: 'redrive-map-run', task, mapRunArn });
  turn.await(id, { kind: 'map-run', task, mapRunArn });
}

export function mapRunRedriven(turn: Turn, id: ThreadId, redriveCount: number): void {
  const { mapRunArn } = turn.thread(id).visit;
  turn.record(id, 'MapRunRedriven', { mapRunArn, redriveCount });
}

export function mapRunSucceeded(turn: Turn, id: ThreadId, output: Json): void {
  const succeeded = turn.record(id, 'MapRunSucceeded');
  turn.visit(id, { mapRunArn: undefined });
  turn.note('MapStateSucceeded', succeeded);
  turn.jobs.push({ kind: 'succeed', thread: id, result: output });
}

export function mapRunFailed(turn: Turn, id: ThreadId, error: string, cause?: string): void {
  turn.record(id, 'MapRunFailed', { error, cause });
  turn.settle(id);
  // After these a redrive starts a new Map Run (redrive-map-run).
  if (['States.DataLimitExceeded', 'States.Runtime'].includes(error)) turn.visit(id, { mapRunArn: undefined });
  turn.jobs.push({ kind: 'fail', thread: id, failure: { error, cause } });
}
