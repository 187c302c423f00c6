import { element, leaf } from '../xml.ts';
import { wholeBody } from './arriving-body.ts';
import { CHECKSUM_ALGORITHMS } from './checksum.ts';
import { answerXml } from './s3-answer.ts';
import { notImplemented, S3Error } from './s3-error.ts';
import type { Call, Operation } from './s3-operation.ts';
import { isMarker, versionIdOf } from './versions.ts';
import { bounded, documentOf, required, textIn, type XmlElement } from './xml-body.ts';
import { xmlDocument } from './xml.ts';

/** Keys in one request (AWS: "DeleteObjects"). */
const MAX_KEYS = 1_000;
/** Room for a thousand keys of 1,024 bytes, even if they are escaped. */
const MAX_BYTES = 8 * 1024 * 1024;

/** DeleteObjects: each key or version is permitted or refused by itself, on condition of an ETag if it has one. */
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
    for (const field of ['LastModifiedTime', 'Size']) {
      if (objects.some((object) => textIn(object, field) !== undefined)) {
        throw notImplemented(`DeleteObjects with ${field}`);
      }
    }
    const isQuiet = textIn(document, 'Quiet') === 'true';
    const results: string[] = [];
    for (const object of objects) {
      const result = await deleted(call, object);
      if (!isQuiet || !result.ok) results.push(result.xml);
    }
    answerXml(call.response, xmlDocument('DeleteResult', ...results));
  },
};

async function deleted(
  { storage, caller, request: { bucket } }: Call,
  object: XmlElement,
): Promise<{ readonly ok: boolean; readonly xml: string }> {
  const key = required(textIn(object, 'Key'));
  const versionId = textIn(object, 'VersionId');
  const asked = [leaf('Key', key), ...(versionId === undefined ? [] : [leaf('VersionId', versionId)])];
  try {
    const version = await storage.delete(caller, { bucket, key, versionId }, textIn(object, 'ETag'));
    const marker = isMarker(version)
      ? [leaf('DeleteMarker', true), leaf('DeleteMarkerVersionId', versionIdOf(version))]
      : [];
    return { ok: true, xml: element('Deleted', ...asked, ...marker) };
  } catch (error) {
    if (!(error instanceof S3Error) || error.code === 'NoSuchBucket') throw error;
    const { code, message } = error;
    return { ok: false, xml: element('Error', ...asked, leaf('Code', code), leaf('Message', message)) };
  }
}
