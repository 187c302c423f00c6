import { pipeline } from 'node:stream/promises';
import { etagOf, type StoredObject } from './bucket.ts';
import { CONDITIONS, isUnchanged } from './conditions.ts';
import type { ReadableObject } from './object-storage.ts';
import { answer, type AnswerHeaders, checksumHeaders, objectHeaders, readVersionHeaders } from './s3-answer.ts';
import { S3Error } from './s3-error.ts';
import type { Call, Operation } from './s3-operation.ts';
import { addressOf } from './s3-request.ts';

/** Bodies up to this size are read at once, which is several times faster than a stream. */
const WHOLE_BYTES = 1024 * 1024;

const wantsChecksum = ({ request }: Call): boolean =>
  request.header('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';

/** Headers of an answer, by the parameter that overrides them. */
const OVERRIDES: ReadonlyMap<string, string> = new Map(
  ['cache-control', 'content-disposition', 'content-encoding', 'content-language', 'content-type', 'expires'].map(
    (header) => [`response-${header}`, header],
  ),
);

/** Headers that the caller has put into the query, which S3 takes of signed requests only (AWS: "GetObject"). */
function overridden({ caller, request: { query } }: Call): AnswerHeaders {
  const given = [...OVERRIDES].flatMap(([parameter, header]) => {
    const value = query.get(parameter);
    return value === null ? [] : [[header, value] as const];
  });
  if (given.length > 0 && caller.kind === 'anonymous') {
    throw new S3Error('InvalidRequest', 'Request specific response headers cannot be used for anonymous GET requests.');
  }
  return Object.fromEntries(given);
}

/** Headers of an answer about an object, or about a range of it. */
function headersOf(call: Call, found: Omit<ReadableObject, 'bytes' | 'stream'>) {
  const { storage, caller, request } = call;
  const { object, bucket, range } = found;
  const tagCount = storage.tagCount(caller, found, addressOf(request).versionId);
  return {
    ...objectHeaders(object),
    ...readVersionHeaders(object, bucket),
    ...(tagCount !== undefined && { 'x-amz-tagging-count': tagCount }),
    ...overridden(call),
    ...(range && { 'content-range': `bytes ${range.first}-${range.last}/${object.size}` }),
    ...(!range && wantsChecksum(call) && checksumHeaders(object)),
    'content-length': range === undefined ? object.size : range.last - range.first + 1,
  };
}

const statusOf = ({ range }: Pick<ReadableObject, 'range'>): number => (range === undefined ? 200 : 206);

/** GetObject, with Range. */
export const getObject: Operation = {
  parameters: ['versionId', ...OVERRIDES.keys()],
  headers: ['x-amz-checksum-mode', ...CONDITIONS],
  run: async (call) => {
    const { storage, caller, request, response } = call;
    const found = storage.get(caller, addressOf(request), request.header('range'));
    if (endsUnchanged(call, found.object)) return;
    const headers = headersOf(call, found);
    if (headers['content-length'] <= WHOLE_BYTES) {
      answer(response, statusOf(found), headers, await found.bytes());
      return;
    }
    response.writeHead(statusOf(found), headers);
    await pipeline(found.stream(), response);
  },
};

/** HeadObject, with Range. */
export const headObject: Operation = {
  parameters: ['versionId', ...OVERRIDES.keys()],
  headers: ['x-amz-checksum-mode', ...CONDITIONS],
  run: (call) => {
    const { storage, caller, request, response } = call;
    const found = storage.get(caller, addressOf(request), request.header('range'));
    if (endsUnchanged(call, found.object)) return;
    response.writeHead(statusOf(found), headersOf(call, found)).end();
  },
};

/** Answers a client that has the object already. */
function endsUnchanged({ request, response }: Call, object: StoredObject): boolean {
  if (!isUnchanged(request, object)) return false;
  response.writeHead(304, { etag: etagOf(object) }).end();
  return true;
}
