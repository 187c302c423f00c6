import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { ListedObject, ObjectAddress, ObjectStore } from './object-store.ts';
import { AccessDenied, StoreUnavailable, UnreadableObject } from './object-store.ts';
import { splitLines } from './split-lines.ts';

/**
 * A client of S3 in a region, by default that of the function. Paths carry the bucket's name, because that works on AWS
 * and on a loopback endpoint (AWS_ENDPOINT_URL) alike; 64 sockets serve the 32 requests a function has open, and more.
 */
export function s3Client(region?: string): S3Client {
  const sockets = { keepAlive: true, maxSockets: 64 };
  return new S3Client({
    ...(region !== undefined && { region }),
    maxAttempts: 5,
    forcePathStyle: true,
    requestHandler: { httpAgent: sockets, httpsAgent: sockets },
  });
}

/** Objects in S3. */
export function s3ObjectStore(client: S3Client): ObjectStore {
  const body = async ({ bucket, key }: ObjectAddress) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (Body === undefined) throw new Error('expected a body, got none');
    return Body;
  };

  return {
    get: (address) =>
      readingWhole(address, async () => {
        const stream = await body(address);
        return stream.transformToByteArray();
      }),

    async *lines(address) {
      const stream = await reading(address, () => body(address));
      try {
        yield* splitLines(stream as unknown as AsyncIterable<Uint8Array>);
      } catch (error) {
        throw mayPass(error) ? unavailable(error) : error;
      }
    },

    put: ({ bucket, key }, text, contentType) =>
      permitted(async () => {
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: contentType }));
      }),

    list: (bucket, prefix, startAfter) =>
      permitted(async () => {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, StartAfter: startAfter, MaxKeys: 1000 }),
        );
        const objects = (page.Contents ?? []).map(({ Key, Size }): ListedObject => ({
          key: Key ?? '',
          size: Size ?? 0,
        }));
        return { objects, more: page.IsTruncated ?? false };
      }),

    copy: (from, to) =>
      permitted(async () => {
        const source = [from.bucket, ...from.key.split('/')].map(encodeURIComponent).join('/');
        const replaced = { TaggingDirective: 'REPLACE' } as const;
        await client.send(new CopyObjectCommand({ Bucket: to.bucket, Key: to.key, CopySource: source, ...replaced }));
      }),

    removeAll: (bucket, prefix) => permitted(() => removeVersions(client, bucket, prefix)),
  };
}

/** Removes versions page by page, always the first page, because a removed one needs no marker to come after it. */
async function removeVersions(client: S3Client, bucket: string, prefix: string): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await listedVersions(client, bucket, prefix);
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    const { Errors = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    );
    const [first] = Errors;
    if (first?.Code === 'AccessDenied') throw new AccessDenied(first.Message ?? first.Code);
    if (first) throw new StoreUnavailable(`${first.Code ?? 'Error'}: ${first.Key ?? ''}: ${first.Message ?? ''}`);
  }
}

async function listedVersions(
  client: S3Client,
  bucket: string,
  prefix: string,
): Promise<Pick<ListObjectVersionsCommandOutput, 'Versions' | 'DeleteMarkers'>> {
  try {
    return await client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix }));
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === 'NoSuchBucket') return {};
    throw error;
  }
}

/** How often an object is read from its beginning when its transfer breaks off, which the SDK does not try again. */
const readings = 3;

/**
 * Any 403, of S3 or of the key that encrypts the object, becomes {@link AccessDenied} with the service's own message;
 * what may pass by itself, after the SDK's retries, {@link StoreUnavailable}.
 */
async function permitted<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403) {
      throw new AccessDenied(error.message, { cause: error });
    }
    throw mayPass(error) ? unavailable(error) : error;
  }
}

/** As {@link permitted}; whatever else goes wrong makes the object unreadable. */
async function reading<T>({ bucket, key }: ObjectAddress, call: () => Promise<T>): Promise<T> {
  try {
    return await permitted(call);
  } catch (error) {
    if (error instanceof AccessDenied || error instanceof StoreUnavailable || !(error instanceof Error)) throw error;
    throw new UnreadableObject(`s3://${bucket}/${key}: ${error.name}: ${error.message}`, { cause: error });
  }
}

/** Reads an object whole, and again when the store becomes unavailable in the middle of it. */
async function readingWhole<T>(address: ObjectAddress, call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await reading(address, call);
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || attempt === readings) throw error;
    }
  }
}

/** Errors of the service that are its own fault, throttling, and errors of the connection, which have a code of Node's. */
function mayPass(error: unknown): error is Error {
  if (error instanceof S3ServiceException) {
    const status = error.$metadata.httpStatusCode ?? 500;
    return status >= 500 || status === 429 || status === 408;
  }
  return error instanceof Error && ('code' in error || error.name === 'TimeoutError');
}

const unavailable = (error: Error): StoreUnavailable =>
  new StoreUnavailable(`${error.name}: ${error.message}`, { cause: error });
