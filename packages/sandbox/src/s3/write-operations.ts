import { leaf } from '../xml.ts';
import { arrivingBody, checkArrival, declaredChecksum, verifyArrival } from './arriving-body.ts';
import { etagOf, type ObjectHeaders, type ObjectTags, type StoredObject } from './bucket.ts';
import { CHECKSUM_ALGORITHMS } from './checksum.ts';
import { checkCopyConditions, COPY_CONDITIONS } from './conditions.ts';
import { answer, checksumHeaders, encryptionHeaders, versionHeaders } from './s3-answer.ts';
import type { AskedEncryption } from './encryption.ts';
import { notImplemented, S3Error } from './s3-error.ts';
import type { Call, Operation } from './s3-operation.ts';
import { addressOf, copySource, type S3Request } from './s3-request.ts';
import { tagsInHeader } from './tags.ts';
import { isMarker, versionIdOf } from './versions.ts';
import { WRITE_CONDITIONS, writeConditions } from './write-conditions.ts';
import { xmlDocument } from './xml.ts';

const STORED_HEADER = /^(cache-control|content-(disposition|encoding|language|type)|expires|x-amz-meta-.+)$/;

/** Headers that name the encryption of a new object. */
export const ENCRYPTION_HEADERS = [
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-bucket-key-enabled',
];

/** PutObject: plain or `aws-chunked`, verified by the checksums that came with it. */
export const putObject: Operation = {
  parameters: [],
  headers: [
    ...WRITE_CONDITIONS,
    ...ENCRYPTION_HEADERS,
    ...CHECKSUM_ALGORITHMS.map((algorithm) => `x-amz-checksum-${algorithm}`),
    'x-amz-decoded-content-length',
    'x-amz-meta-',
    'x-amz-sdk-checksum-algorithm',
    'x-amz-tagging',
    'x-amz-trailer',
  ],
  run: async (call) => {
    const { storage, caller, request, response } = call;
    const { bucket, key } = request;
    const conditions = writeConditions(request);
    checkArrival(request);
    const trailers = new Map<string, string>();
    const object = await storage.put(caller, {
      bucket,
      key,
      body: arrivingBody(call, trailers),
      headers: storedHeaders(request),
      tags: tagsInHeader(request),
      encryption: askedEncryption(request),
      conditions,
      checksum: declaredChecksum(request),
      verify: (digest) => {
        verifyArrival(request, trailers, digest);
      },
    });
    answer(response, 200, {
      etag: etagOf(object),
      ...checksumHeaders(object),
      ...encryptionHeaders(object.encryption),
      ...versionHeaders(object),
    });
  },
};

/** CopyObject, with the headers and the tags of the source or with new ones. */
export const copyObject: Operation = {
  parameters: [],
  headers: [
    'x-amz-copy-source',
    'x-amz-meta-',
    'x-amz-metadata-directive',
    'x-amz-tagging',
    'x-amz-tagging-directive',
    ...ENCRYPTION_HEADERS,
    ...COPY_CONDITIONS,
    ...WRITE_CONDITIONS,
  ],
  run: async ({ storage, caller, request, response }) => {
    const { bucket, key, header } = request;
    const directive = header('x-amz-metadata-directive') ?? 'COPY';
    const headers = directive === 'REPLACE' ? storedHeaders(request) : undefined;
    const source = copySource(header('x-amz-copy-source') ?? '');
    const encryption = askedEncryption(request);
    const isItself = source.bucket === bucket && source.key === key && source.versionId === undefined;
    if (headers === undefined && encryption === undefined && isItself) {
      throw new S3Error(
        'InvalidRequest',
        'This copy request is illegal because it is trying to copy an object to itself.',
      );
    }
    let copied: Pick<StoredObject, 'versionId'> = {};
    const object = await storage.copy(caller, {
      bucket,
      key,
      source,
      headers,
      tags: copiedTags(request),
      encryption,
      conditions: writeConditions(request),
      check: (original) => {
        checkCopyConditions(request, original);
        copied = original;
      },
    });
    answer(
      response,
      200,
      {
        'content-type': 'application/xml',
        ...encryptionHeaders(object.encryption),
        ...versionHeaders(object),
        ...versionHeaders(copied, 'x-amz-copy-source-version-id'),
      },
      copyResult(object),
    );
  },
};

/** The tags of a copy; undefined for those of its source. */
function copiedTags(request: S3Request): ObjectTags | undefined {
  const directive = request.header('x-amz-tagging-directive') ?? 'COPY';
  if (directive === 'COPY') return undefined;
  if (directive === 'REPLACE') return tagsInHeader(request) ?? new Map<string, string>();
  throw new S3Error('InvalidArgument', 'Unknown tagging directive.');
}

/** DeleteObject, of a version too, on condition of an ETag. */
export const deleteObject: Operation = {
  parameters: ['versionId'],
  headers: ['if-match'],
  run: async ({ storage, caller, request, response }: Call) => {
    const address = addressOf(request);
    const version = await storage.delete(caller, address, request.header('if-match'));
    const versionId = address.versionId ?? (version && versionIdOf(version));
    response
      .writeHead(204, {
        ...(versionId !== undefined && { 'x-amz-version-id': versionId }),
        ...(isMarker(version) && { 'x-amz-delete-marker': 'true' }),
      })
      .end();
  },
};

const copyResult = (object: StoredObject): string =>
  xmlDocument(
    'CopyObjectResult',
    leaf('ETag', etagOf(object)),
    leaf('LastModified', new Date(object.lastModified).toISOString()),
  );

/** The headers of a request that are stored with its object. */
export function storedHeaders({ headerNames, header }: S3Request): ObjectHeaders {
  const stored: Record<string, string> = {};
  for (const name of headerNames.filter((candidate) => STORED_HEADER.test(candidate))) {
    const value =
      name === 'content-encoding' ? (header(name) ?? '').replace(/\s*aws-chunked\s*,?/, '') : (header(name) ?? '');
    if (value !== '') stored[name] = value;
  }
  return stored;
}

/** The encryption that a request names, if it does. */
export function askedEncryption({ header }: S3Request): AskedEncryption | undefined {
  const [algorithm, keyId, bucketKey] = ENCRYPTION_HEADERS.map((name) => header(name));
  if (algorithm === undefined && keyId === undefined) return undefined;
  if (algorithm !== undefined && !['AES256', 'aws:kms'].includes(algorithm)) {
    throw notImplemented(`server-side encryption ${algorithm}`);
  }
  if (keyId !== undefined && algorithm !== 'aws:kms') {
    const message =
      'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms';
    throw new S3Error('InvalidArgument', message);
  }
  return { algorithm, keyId, ...(bucketKey !== undefined && { bucketKey: bucketKey === 'true' }) };
}
