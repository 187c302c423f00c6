import { element, leaf } from '../xml.ts';
import { arrivingBody, checkArrival, declaredChecksum, verifyArrival, wholeBody } from './arriving-body.ts';
import { etagOf } from './bucket.ts';
import { sourceRange } from './byte-range.ts';
import { CHECKSUM_ALGORITHMS } from './checksum.ts';
import { checkCopyConditions, COPY_CONDITIONS } from './conditions.ts';
import type { AnnouncedChecksum, NamedPart, UploadAddress } from './multipart-uploads.ts';
import { answer, answerXml, checksumHeaders, encryptionHeaders, versionHeaders } from './s3-answer.ts';
import { notImplemented, S3Error } from './s3-error.ts';
import type { Operation } from './s3-operation.ts';
import { copySource, parameterOf, type S3Request } from './s3-request.ts';
import { tagsInHeader } from './tags.ts';
import { askedEncryption, ENCRYPTION_HEADERS, storedHeaders } from './write-operations.ts';
import { WRITE_CONDITIONS, writeConditions } from './write-conditions.ts';
import { bounded, documentOf, required, textIn } from './xml-body.ts';
import { xmlDocument } from './xml.ts';

/** Parts of one upload (AWS: "Amazon S3 multipart upload limits"). */
const MAX_PARTS = 10_000;
/** Ten thousand parts with number, ETag and checksum. */
const MAX_BYTES = 8 * 1024 * 1024;

const CHECKSUM_HEADERS = CHECKSUM_ALGORITHMS.map((algorithm) => `x-amz-checksum-${algorithm}`);

/** CreateMultipartUpload. */
export const createMultipartUpload: Operation = {
  parameters: ['uploads'],
  headers: ['x-amz-checksum-algorithm', 'x-amz-checksum-type', 'x-amz-meta-', 'x-amz-tagging', ...ENCRYPTION_HEADERS],
  run: ({ storage, caller, request, response }) => {
    const { bucket, key } = request;
    const announced = announcedChecksum(request);
    const { uploadId, encryption } = storage.uploads.create(caller, {
      bucket,
      key,
      headers: storedHeaders(request),
      tags: tagsInHeader(request),
      announced,
      encryption: askedEncryption(request),
    });
    const body = xmlDocument(
      'InitiateMultipartUploadResult',
      leaf('Bucket', bucket),
      leaf('Key', key),
      leaf('UploadId', uploadId),
    );
    answer(
      response,
      200,
      {
        'content-type': 'application/xml',
        ...(announced && {
          'x-amz-checksum-algorithm': announced.algorithm.toUpperCase(),
          'x-amz-checksum-type': announced.type,
        }),
        ...encryptionHeaders(encryption),
      },
      body,
    );
  },
};

/** UploadPart. */
export const uploadPart: Operation = {
  parameters: ['partNumber', 'uploadId'],
  headers: [...CHECKSUM_HEADERS, 'x-amz-decoded-content-length', 'x-amz-sdk-checksum-algorithm', 'x-amz-trailer'],
  run: async (call) => {
    const { storage, caller, request, response } = call;
    checkArrival(request);
    const trailers = new Map<string, string>();
    const { digest, encryption } = await storage.uploads.put(caller, {
      ...addressOf(request),
      partNumber: partNumberOf(request),
      body: arrivingBody(call, trailers),
      checksum: declaredChecksum(request),
      verify: (arrived) => {
        verifyArrival(request, trailers, arrived);
      },
    });
    answer(response, 200, {
      etag: `"${digest.md5}"`,
      [`x-amz-checksum-${digest.checksum.algorithm}`]: digest.checksum.value,
      ...encryptionHeaders(encryption),
    });
  },
};

/** UploadPartCopy: a part that is an object, or a range of one. */
export const uploadPartCopy: Operation = {
  parameters: ['partNumber', 'uploadId'],
  headers: ['x-amz-copy-source', 'x-amz-copy-source-range', ...COPY_CONDITIONS],
  run: async ({ storage, caller, request, response }) => {
    const found = storage.get(caller, copySource(request.header('x-amz-copy-source') ?? ''));
    checkCopyConditions(request, found.object);
    const range = sourceRange(request.header('x-amz-copy-source-range'), found.object.size);
    const { digest, lastModified } = await storage.uploads.put(caller, {
      ...addressOf(request),
      partNumber: partNumberOf(request),
      body: found.stream(range) as AsyncIterable<Uint8Array>,
      checksum: undefined,
      verify: () => undefined,
    });
    answerXml(
      response,
      xmlDocument(
        'CopyPartResult',
        leaf('LastModified', new Date(lastModified).toISOString()),
        leaf('ETag', `"${digest.md5}"`),
        leaf(elementOf(`x-amz-checksum-${digest.checksum.algorithm}`), digest.checksum.value),
      ),
    );
  },
};

/** CompleteMultipartUpload. */
export const completeMultipartUpload: Operation = {
  parameters: ['uploadId'],
  headers: ['x-amz-checksum-type', 'x-amz-mp-object-size', ...CHECKSUM_HEADERS, ...WRITE_CONDITIONS],
  run: async (call) => {
    const { storage, caller, request, response } = call;
    const conditions = writeConditions(request);
    const document = documentOf('CompleteMultipartUpload', await wholeBody(call, MAX_BYTES));
    const parts = bounded(
      document.children.filter(({ name }) => name === 'Part'),
      MAX_PARTS,
    ).map((part): NamedPart => {
      return { partNumber: Number(required(textIn(part, 'PartNumber'))), etag: required(textIn(part, 'ETag')) };
    });
    const object = await storage.uploads.complete(caller, addressOf(request), parts, conditions);
    const checksums = Object.entries(checksumHeaders(object)).map(([header, value]) => leaf(elementOf(header), value));
    const { bucket, key } = request;
    answer(
      response,
      200,
      { 'content-type': 'application/xml', ...versionHeaders(object) },
      xmlDocument(
        'CompleteMultipartUploadResult',
        leaf('Location', `http://${call.incoming.headers.host ?? ''}/${bucket}/${encodeURIComponent(key)}`),
        leaf('Bucket', bucket),
        leaf('Key', key),
        leaf('ETag', etagOf(object)),
        ...checksums,
      ),
    );
  },
};

/** AbortMultipartUpload. */
export const abortMultipartUpload: Operation = {
  parameters: ['uploadId'],
  headers: [],
  run: async ({ storage, caller, request, response }) => {
    await storage.uploads.abort(caller, addressOf(request));
    response.writeHead(204).end();
  },
};

/** ListParts. */
export const listParts: Operation = {
  parameters: ['max-parts', 'part-number-marker', 'uploadId'],
  headers: [],
  run: ({ storage, caller, request, response }) => {
    const { bucket, key } = request;
    const marker = Number(parameterOf(request, 'part-number-marker') ?? 0);
    const most = Math.min(Number(parameterOf(request, 'max-parts') ?? 1_000), 1_000);
    const later = storage.uploads.parts(caller, addressOf(request)).filter(({ partNumber }) => partNumber > marker);
    const parts = later.slice(0, most);
    answerXml(
      response,
      xmlDocument(
        'ListPartsResult',
        leaf('Bucket', bucket),
        leaf('Key', key),
        leaf('UploadId', addressOf(request).uploadId),
        leaf('PartNumberMarker', marker),
        leaf('NextPartNumberMarker', parts.at(-1)?.partNumber ?? 0),
        leaf('MaxParts', most),
        leaf('IsTruncated', later.length > parts.length),
        ...parts.map(({ partNumber, lastModified, digest }) =>
          element(
            'Part',
            leaf('PartNumber', partNumber),
            leaf('LastModified', new Date(lastModified).toISOString()),
            leaf('ETag', `"${digest.md5}"`),
            leaf('Size', digest.size),
            leaf(elementOf(`x-amz-checksum-${digest.checksum.algorithm}`), digest.checksum.value),
          ),
        ),
      ),
    );
  },
};

/** The checksum that is to be kept with the object (AWS: "Checking object integrity", full object and composite). */
function announcedChecksum({ header }: S3Request): AnnouncedChecksum | undefined {
  const name = header('x-amz-checksum-algorithm');
  if (name === undefined) return undefined;
  const algorithm = CHECKSUM_ALGORITHMS.find((known) => known.toUpperCase() === name.toUpperCase());
  if (algorithm === undefined) throw notImplemented(`CreateMultipartUpload with x-amz-checksum-algorithm ${name}`);
  const asked = header('x-amz-checksum-type') ?? (algorithm === 'crc64nvme' ? 'FULL_OBJECT' : 'COMPOSITE');
  const type = asked === 'FULL_OBJECT' ? 'FULL_OBJECT' : 'COMPOSITE';
  const impossible = { crc32: '', crc32c: '', crc64nvme: 'COMPOSITE', sha1: 'FULL_OBJECT', sha256: 'FULL_OBJECT' }[
    algorithm
  ];
  if (type !== impossible) return { algorithm, type };
  const message = `The ${type} checksum type cannot be used with the ${algorithm} checksum algorithm.`;
  throw new S3Error('InvalidRequest', message);
}

function partNumberOf({ query }: S3Request): number {
  const partNumber = Number(query.get('partNumber'));
  if (Number.isInteger(partNumber) && partNumber >= 1 && partNumber <= MAX_PARTS) return partNumber;
  throw new S3Error('InvalidArgument', `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive`);
}

const addressOf = ({ bucket, key, query }: S3Request): UploadAddress => ({
  bucket,
  key,
  uploadId: query.get('uploadId') ?? '',
});

/** The element that says what a header says: `ChecksumCRC32`, `ChecksumType`. */
const elementOf = (header: string): string => {
  const what = header.slice('x-amz-checksum-'.length);
  return `Checksum${what === 'type' ? 'Type' : what.toUpperCase()}`;
};
