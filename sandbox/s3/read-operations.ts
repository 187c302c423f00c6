import { pipeline } from 'node:stream/promises';
import { answer, checksumHeaders, objectHeaders } from './s3-answer.ts';
import type { Call, Operation } from './s3-operation.ts';

/** Bodies up to this size are read at once, which is several times faster than a stream. */
const WHOLE_BYTES = 1024 * 1024;

const wantsChecksum = ({ request }: Call): boolean =>
  request.header('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';

/** GetObject, with Range. */
export const getObject: Operation = {
  parameters: [],
  headers: ['x-amz-checksum-mode'],
  run: async (call) => {
    const { storage, caller, request, response } = call;
    const found = storage.get(caller, request, request.header('range'));
    const { object, bucket, range } = found;
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
  headers: ['x-amz-checksum-mode'],
  run: (call) => {
    const { object, bucket } = call.storage.head(call.caller, call.request);
    const checksum = wantsChecksum(call) ? checksumHeaders(object) : {};
    call.response
      .writeHead(200, { ...objectHeaders(bucket, object), ...checksum, 'content-length': object.size })
      .end();
  },
};
