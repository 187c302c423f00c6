import { wholeBody } from './arriving-body.ts';
import { CHECKSUM_ALGORITHMS } from './checksum.ts';
import { answer, versionHeaders } from './s3-answer.ts';
import type { Operation } from './s3-operation.ts';
import { addressOf } from './s3-request.ts';
import { taggingXml, tagsInDocument } from './tags.ts';
import { childrenOf, documentOf } from './xml-body.ts';

const PARAMETERS = ['tagging', 'versionId'];
/** Ten tags of 128 and 256 characters, escaped. */
const MAX_BYTES = 64 * 1024;

/** GetObjectTagging. */
const getObjectTagging: Operation = {
  parameters: PARAMETERS,
  headers: [],
  run: ({ storage, caller, request, response }) => {
    const object = storage.tagging.get(caller, addressOf(request));
    const headers = { 'content-type': 'application/xml', ...versionHeaders(object) };
    answer(response, 200, headers, taggingXml(object.tags));
  },
};

/** PutObjectTagging. */
const putObjectTagging: Operation = {
  parameters: PARAMETERS,
  headers: [
    'x-amz-sdk-checksum-algorithm',
    'x-amz-trailer',
    'x-amz-decoded-content-length',
    ...CHECKSUM_ALGORITHMS.map((algorithm) => `x-amz-checksum-${algorithm}`),
  ],
  run: async (call) => {
    const { storage, caller, request, response } = call;
    const document = documentOf('Tagging', await wholeBody(call, MAX_BYTES));
    const tags = childrenOf(document, 'TagSet').flatMap((tagSet) => childrenOf(tagSet, 'Tag'));
    const object = storage.tagging.put(caller, addressOf(request), tagsInDocument(tags));
    answer(response, 200, versionHeaders(object));
  },
};

/** DeleteObjectTagging. */
const deleteObjectTagging: Operation = {
  parameters: PARAMETERS,
  headers: [],
  run: ({ storage, caller, request, response }) => {
    const object = storage.tagging.remove(caller, addressOf(request));
    response.writeHead(204, versionHeaders(object)).end();
  },
};

/** Operations on the tags of objects, by their names. */
export const TAGGING_OPERATIONS: Readonly<Record<string, Operation>> = {
  DeleteObjectTagging: deleteObjectTagging,
  GetObjectTagging: getObjectTagging,
  PutObjectTagging: putObjectTagging,
};
