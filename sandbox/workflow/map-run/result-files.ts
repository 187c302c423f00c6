import { defined, isArray } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { childIdentity, labelledMachineArn } from './children.ts';
import type { ResultFile } from './protocol.ts';
import { rest } from './batcher.ts';
import type { Batch } from './batcher.ts';
import type { MapRunSpec, WriterSpec } from './spec.ts';
import type { MapRunState } from './state.ts';

type Group = 'SUCCEEDED' | 'FAILED' | 'PENDING';
type End = MapRunState['ended'] extends Iterable<infer Each> ? Each : never;

/**
 * The files of a finished run: one per group of children that is not empty, and the manifest that names them.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 */
export function resultFiles(state: MapRunState, writer: WriterSpec): readonly ResultFile[] {
  const files = Object.entries(recordsByGroup(state))
    .filter(([, records]) => records.length > 0)
    .map(([group, records]) => ({
      group,
      key: `${writer.folder}/${group}_0.${writer.outputType.toLowerCase()}`,
      body: writer.outputType === 'JSONL' ? records.map(line).join('') : JSON.stringify(records),
    }));
  const listed = (group: Group): readonly Json[] =>
    files.filter((file) => file.group === group).map(({ key, body }) => ({ Key: key, Size: Buffer.byteLength(body) }));
  const byGroup = { FAILED: listed('FAILED'), PENDING: listed('PENDING'), SUCCEEDED: listed('SUCCEEDED') };
  return [...files.map(({ key, body }) => ({ key, body })), manifest(state.spec, writer, byGroup)];
}

/** A manifest without results, written first of all to find out whether writing is allowed. */
export const testManifest = (spec: MapRunSpec, writer: WriterSpec): ResultFile =>
  manifest(spec, writer, { FAILED: [], PENDING: [], SUCCEEDED: [] });

/** The state's output when the results are in S3. */
export const writerDetails = ({ mapRunArn }: MapRunSpec, writer: WriterSpec): JsonObject => ({
  MapRunArn: mapRunArn,
  ResultWriterDetails: { Bucket: writer.bucket, Key: `${writer.folder}/manifest.json` },
});

/** The state's output when the results are not written: those of the children that succeeded, in order. */
export const resultsOf = (state: MapRunState): readonly Json[] => recordsByGroup(state).SUCCEEDED;

const line = (record: Json): string => `${JSON.stringify(record)}\n`;

function manifest({ mapRunArn }: MapRunSpec, writer: WriterSpec, files: Record<Group, readonly Json[]>): ResultFile {
  const body = JSON.stringify({ DestinationBucket: writer.bucket, MapRunArn: mapRunArn, ResultFiles: files });
  return { key: `${writer.folder}/manifest.json`, body };
}

/** The transformation changes what succeeded; everything else keeps its record. */
function recordsByGroup(state: MapRunState): Record<Group, readonly Json[]> {
  const { spec, started, batches } = state;
  const groups: Record<Group, Json[]> = { SUCCEEDED: [], FAILED: [], PENDING: [] };
  const ends = endsByIndex(state);
  let index = 0;
  for (const batch of batches) {
    const startedAt = started.at(index);
    const end = ends[index];
    if (startedAt === undefined) groups.PENDING.push(pendingRecord(batch));
    else if (end?.kind !== 'child-succeeded') groups.FAILED.push(childRecord(spec, index, batch, startedAt, end));
    else if (spec.transformation === 'NONE') groups.SUCCEEDED.push(childRecord(spec, index, batch, startedAt, end));
    else if (spec.transformation === 'FLATTEN' && isArray(end.output)) groups.SUCCEEDED.push(...end.output);
    else groups.SUCCEEDED.push(end.output);
    index++;
  }
  groups.PENDING.push(...rest(state.filling, spec.batch).map(pendingRecord));
  return groups;
}

function endsByIndex({ ended, started }: MapRunState): readonly (End | undefined)[] {
  const ends = new Array<End | undefined>(started.length);
  for (const end of ended) ends[end.index] = end;
  return ends;
}

const pendingRecord = ({ input }: Batch): Json => ({
  Input: JSON.stringify(input),
  InputDetails: { Included: true },
  Status: 'PENDING',
});

/** A child as DescribeExecution would tell of it; one that has not ended was stopped with the run. */
function childRecord(spec: MapRunSpec, index: number, { input }: Batch, startedAt: number, end: End | undefined): Json {
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
    RedriveCount: 0,
    RedriveStatus: succeeded ? 'NOT_REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN',
    RedriveStatusReason: succeeded && 'Execution is SUCCEEDED and cannot be redriven',
    StartDate: new Date(startedAt).toISOString(),
    StateMachineArn: labelledMachineArn(spec),
    Status: succeeded ? 'SUCCEEDED' : (failed?.status ?? 'ABORTED'),
    StopDate: end && new Date(end.at).toISOString(),
  });
}
