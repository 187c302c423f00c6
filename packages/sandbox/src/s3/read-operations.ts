import { pipeline } from 'node:stream/promises';
import { etagOf, type StoredObject } from './bucket.ts';
import { answer, checksumHeaders, objectHeaders } from './s3-answer.ts';
import { S3Error } from './s3-error.ts';
import type { Call, Operation } from './s3-operation.ts';

/** Bodies up to this size are read at once, which is several times faster than a stream. */
const WHOLE_BYTES = 1024 * 1024;

const wantsChecksum = ({ request }: Call): boolean =>
  request.header('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';

/** Clients that read an object in parts make sure in this way that it is always the same. */
const CONDITIONS = ['if-match', 'if-none-match'];

/** GetObject, with Range. */
export const getObject: Operation = {
  parameters: [],
  headers: ['x-amz-checksum-mode', ...CONDITIONS],
  run: async (call) => {
    const { storage, caller, request, response } = call;
    const found = storage.get(caller, request, request.header('range'));
    const { object, bucket, range } = found;
    if (isUnchanged(call, object)) return;
    const length = range === undefined ? object.size : range.last - range.first + 1;
    const headers = {
      ...objectHeaders(bucket, object),
      ...(range && { 'content-range': `bytes ${range.first}-${range.last}/${object.size}` }),
      ...(!range && wantsChecksum(call) && checksumHeaders(object)),
      'content-length': length,
    };
    const status = range === undefined ? 200 : 206;
    if (length <= WHOLE_BYTES) {
      answer(response, status, headers, await found.bytes());
      return;
    }
    response.writeHead(status, headers);
    await pipeline(found.stream(), response);
  },
};

/** HeadObject. */
export const headObject: Operation = {
  parameters: [],
  headers: ['x-amz-checksum-mode', ...CONDITIONS],
  run: (call) => {
    const { object, bucket } = call.storage.head(call.caller, call.request);
    if (isUnchanged(call, object)) return;
    const checksum = wantsChecksum(call) ? checksumHeaders(object) : {};
    call.response
      .writeHead(200, { ...objectHeaders(bucket, object), ...checksum, 'content-length': object.size })
      .end();
  },
};

/** Answers a client that wants the object only if it is another one than this; refuses if it wants only this one. */
function isUnchanged({ request: { header }, response }: Call, object: StoredObject): boolean {
  const isAmong = (etags: string): boolean =>
    etags.split(',').some((etag) => ['*', etagOf(object), etagOf(object).replaceAll('"', '')].includes(etag.trim()));
  const [wanted, known] = [header('if-match'), header('if-none-match')];
  if (wanted !== undefined && !isAmong(wanted)) {
    throw new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  }
  if (known === undefined || !isAmong(known)) return false;
  response.writeHead(304, { etag: etagOf(object) }).end();
  return true;
}
