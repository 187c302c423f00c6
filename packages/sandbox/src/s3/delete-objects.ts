import { element, leaf } from '../xml.ts';
import { wholeBody } from './arriving-body.ts';
import { CHECKSUM_ALGORITHMS } from './checksum.ts';
import { answerXml } from './s3-answer.ts';
import { notImplemented, S3Error } from './s3-error.ts';
import type { Call, Operation } from './s3-operation.ts';
import { bounded, documentOf, required, textIn } from './xml-body.ts';
import { xmlDocument } from './xml.ts';

/** Keys in one request (AWS: "DeleteObjects"). */
const MAX_KEYS = 1_000;
/** Room for a thousand keys of 1,024 bytes, even if they are escaped. */
const MAX_BYTES = 8 * 1024 * 1024;

/** DeleteObjects: each key is permitted or refused by itself, on condition of an ETag if it has one. */
export const deleteObjects: Operation = {
  parameters: ['delete'],
  headers: [
    'x-amz-sdk-checksum-algorithm',
    ...CHECKSUM_ALGORITHMS.map((algorithm) => `x-amz-checksum-${algorithm}`),
    'x-amz-trailer',
    'x-amz-decoded-content-length',
  ],
  run: async (call) => {
    const document = documentOf('Delete', await wholeBody(call, MAX_BYTES));
    const objects = bounded(
      document.children.filter(({ name }) => name === 'Object'),
      MAX_KEYS,
    );
    for (const field of ['VersionId', 'LastModifiedTime', 'Size']) {
      // The version of an object in a bucket that keeps no versions.
      if (
        objects.some(
          (object) => ![undefined, field === 'VersionId' ? 'null' : undefined].includes(textIn(object, field)),
        )
      ) {
        throw notImplemented(`DeleteObjects with ${field}`);
      }
    }
    const isQuiet = textIn(document, 'Quiet') === 'true';
    const results: string[] = [];
    for (const object of objects) {
      const isVersion = textIn(object, 'VersionId') !== undefined;
      const result = await deleted(call, required(textIn(object, 'Key')), textIn(object, 'ETag'), isVersion);
      if (!isQuiet || !result.ok) results.push(result.xml);
    }
    answerXml(call.response, xmlDocument('DeleteResult', ...results));
  },
};

async function deleted(
  { storage, caller, request: { bucket } }: Call,
  key: string,
  etag: string | undefined,
  isVersion: boolean,
): Promise<{ readonly ok: boolean; readonly xml: string }> {
  try {
    await storage.delete(caller, { bucket, key }, etag, isVersion);
    const version = isVersion ? [leaf('VersionId', 'null')] : [];
    return { ok: true, xml: element('Deleted', leaf('Key', key), ...version) };
  } catch (error) {
    if (!(error instanceof S3Error) || error.code === 'NoSuchBucket') throw error;
    const { code, message } = error;
    return { ok: false, xml: element('Error', leaf('Key', key), leaf('Code', code), leaf('Message', message)) };
  }
}
