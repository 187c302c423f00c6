import {
  CopyObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { ListedObject, ObjectAddress, ObjectStore } from './object-store.ts';
import { AccessDenied, UnreadableObject } from './object-store.ts';
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
      reading(address, async () => {
        const stream = await body(address);
        return stream.transformToByteArray();
      }),

    async *lines(address) {
      const stream = await reading(address, () => body(address));
      yield* splitLines(stream as unknown as AsyncIterable<Uint8Array>);
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
        await client.send(new CopyObjectCommand({ Bucket: to.bucket, Key: to.key, CopySource: source }));
      }),
  };
}

/** Any 403, of S3 or of the key that encrypts the object, becomes {@link AccessDenied} with the service's own message. */
async function permitted<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403) {
      throw new AccessDenied(error.message, { cause: error });
    }
    throw error;
  }
}

/** As {@link permitted}; whatever else goes wrong, after the SDK's retries, makes the object unreadable. */
async function reading<T>({ bucket, key }: ObjectAddress, call: () => Promise<T>): Promise<T> {
  try {
    return await permitted(call);
  } catch (error) {
    if (error instanceof AccessDenied || !(error instanceof Error)) throw error;
    throw new UnreadableObject(`s3://${bucket}/${key}: ${error.name}: ${error.message}`, { cause: error });
  }
}
