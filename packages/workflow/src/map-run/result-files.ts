import { defined, isArray } from '@crosswind/aws/json';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { rest } from './batcher.ts';
import type { Batch } from './batcher.ts';
import { childIdentity, labelledMachineArn } from './children.ts';
import { dispatchedOf, statusOf } from './dispatched.ts';
import type { Dispatched } from './dispatched.ts';
import type { ResultFile } from './protocol.ts';
import type { MapRunSpec, WriterSpec } from './spec.ts';
import { endedOf } from './state.ts';
import type { MapRunState, Reported } from './state.ts';

type Group = 'SUCCEEDED' | 'FAILED' | 'PENDING';

/**
 * The files of a finished run: one per group of children that is not empty, and the manifest that names them. After a
 * redrive the manifest names what has succeeded in every attempt, but only the failures of this one.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 */
export function resultFiles(
  state: MapRunState,
  writer: WriterSpec,
): { readonly files: readonly ResultFile[]; readonly reported: Reported } {
  const files = Object.entries(recordsByGroup(state, state.reported.ends))
    .filter(([, records]) => records.length > 0)
    .map(([group, records]) => ({
      group,
      key: `${folderOf(state, writer)}/${group}_0.${writer.outputType.toLowerCase()}`,
      body: writer.outputType === 'JSONL' ? records.map(line).join('') : JSON.stringify(records),
    }));
  const listed = (group: Group): readonly Json[] =>
    files.filter((file) => file.group === group).map(({ key, body }) => ({ Key: key, Size: Buffer.byteLength(body) }));
  const succeeded = [...state.reported.succeeded, ...listed('SUCCEEDED')];
  const byGroup = { FAILED: listed('FAILED'), PENDING: listed('PENDING'), SUCCEEDED: succeeded };
  const written = { items: endedOf(state.items), executions: endedOf(state.executions) };
  return {
    files: [...files.map(({ key, body }) => ({ key, body })), manifest(state, writer, byGroup)],
    reported: { ...written, succeeded, ends: state.ended.length },
  };
}

/** A manifest without results, written first of all to find out whether writing is allowed. */
export const testManifest = (state: MapRunState, writer: WriterSpec): ResultFile =>
  manifest(state, writer, { FAILED: [], PENDING: [], SUCCEEDED: [] });

/** The state's output when the results are in S3. */
export const writerDetails = (state: MapRunState, writer: WriterSpec): JsonObject => ({
  MapRunArn: state.spec.mapRunArn,
  ResultWriterDetails: { Bucket: writer.bucket, Key: `${folderOf(state, writer)}/manifest.json` },
});

/** The state's output when the results are not written: those of the children that succeeded, in order. */
export const resultsOf = (state: MapRunState): readonly Json[] => recordsByGroup(state, 0).SUCCEEDED;

const line = (record: Json): string => `${JSON.stringify(record)}\n`;

/** Each redrive writes into a folder of its own; AWS documents a new manifest, and not where. */
const folderOf = ({ redriveCount }: MapRunState, { folder }: WriterSpec): string =>
  redriveCount === 0 ? folder : `${folder}/Redrive-${redriveCount}`;

function manifest(state: MapRunState, writer: WriterSpec, files: Record<Group, readonly Json[]>): ResultFile {
  const { mapRunArn } = state.spec;
  const body = JSON.stringify({ DestinationBucket: writer.bucket, MapRunArn: mapRunArn, ResultFiles: files });
  return { key: `${folderOf(state, writer)}/manifest.json`, body };
}

/** The transformation changes what succeeded; everything else keeps its record. Successes before `from` are left out. */
function recordsByGroup(state: MapRunState, from: number): Record<Group, readonly Json[]> {
  const { spec, batches } = state;
  const groups: Record<Group, Json[]> = { SUCCEEDED: [], FAILED: [], PENDING: [] };
  const children = dispatchedOf(state);
  let index = 0;
  for (const batch of batches) {
    const child = children[index];
    if (!child) groups.PENDING.push(pendingRecord(batch));
    else if (child.end?.kind !== 'child-succeeded') groups.FAILED.push(childRecord(spec, index, batch, child));
    else if ((child.endedAs ?? 0) >= from) groups.SUCCEEDED.push(...transformed(spec, index, batch, child));
    index++;
  }
  groups.PENDING.push(...rest(state.filling, spec.batch).map(pendingRecord));
  return groups;
}

function transformed(spec: MapRunSpec, index: number, batch: Batch, child: Dispatched): readonly Json[] {
  const output = child.end?.kind === 'child-succeeded' ? child.end.output : null;
  if (spec.transformation === 'NONE') return [childRecord(spec, index, batch, child)];
  return spec.transformation === 'FLATTEN' && isArray(output) ? output : [output];
}

const pendingRecord = ({ input }: Batch): Json => ({
  Input: JSON.stringify(input),
  InputDetails: { Included: true },
  Status: 'PENDING',
});

/** Child as DescribeExecution reports it. A child that has not ended was stopped with the run. */
function childRecord(spec: MapRunSpec, index: number, { input }: Batch, child: Dispatched): Json {
  const { end, redrives, startedAt } = child;
  const { name, executionArn } = childIdentity(spec, index);
  const succeeded = end?.kind === 'child-succeeded' ? end : undefined;
  const failed = end?.kind === 'child-failed' ? end : undefined;
  return defined({
    Cause: failed?.cause,
    Error: failed?.error,
    ExecutionArn: executionArn,
    Input: JSON.stringify(input),
    InputDetails: { Included: true },
    Name: name,
    Output: succeeded && JSON.stringify(succeeded.output),
    OutputDetails: succeeded && { Included: true },
    RedriveCount: redrives,
    RedriveStatus: succeeded ? 'NOT_REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN',
    RedriveStatusReason: succeeded && 'Execution is SUCCEEDED and cannot be redriven',
    StartDate: new Date(startedAt).toISOString(),
    StateMachineArn: labelledMachineArn(spec),
    Status: statusOf(child),
    StopDate: end && new Date(end.at).toISOString(),
  });
}
