import type { RolePrincipal } from '../../../iam/sessions.ts';
import { etagOf } from '../../../s3/bucket.ts';
import type { ObjectAddress } from '../../../s3/object-address.ts';
import type { ObjectPage, ObjectStorage } from '../../../s3/object-storage.ts';
import { S3Error } from '../../../s3/s3-error.ts';
import type { Json } from '@crosswind/aws/json';
import type { ItemPage } from '@crosswind/workflow/map-run/protocol';
import type { FileFormat, ItemReading } from '@crosswind/workflow/map-run/spec';
import { csvItems } from './csv-items.ts';
import { jsonItems } from './json-items.ts';
import { jsonLines } from './json-lines.ts';
import { textOf } from './text-of.ts';

/** Who reads, from where. */
export interface ReadingRole {
  readonly storage: ObjectStorage;
  readonly principal: RolePrincipal;
}

type Pages = AsyncGenerator<ItemPage & { readonly isLast?: boolean }, void, undefined>;

/**
 * The items that a reader finds, page by page, so that no more than a page is in memory, JSON files apart.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 */
export async function* itemPages(role: ReadingRole, { action, arguments: args, format }: ItemReading): Pages {
  const { Bucket, Key, ExpectedBucketOwner } = args;
  const bucket = textOr('', Bucket);
  checkOwner(role, bucket, ExpectedBucketOwner);
  if (action === 'getObject') {
    if (format) yield* fileItems(role, { bucket, key: textOr('', Key) }, format);
    return;
  }
  for (const page of objectPages(role, bucket, args)) {
    if (!format) {
      yield { items: page.objects.map(objectItem), source: `S3://${bucket}`, isLast: !page.isTruncated };
    } else for (const { key } of page.objects) yield* fileItems(role, { bucket, key }, format);
  }
}

const textOr = (otherwise: string, value: Json | undefined): string => (typeof value === 'string' ? value : otherwise);

function checkOwner({ storage }: ReadingRole, bucket: string, expected: Json | undefined): void {
  const owner = storage.bucket(bucket)?.account;
  if (expected === undefined || owner === undefined || owner === expected) return;
  throw new S3Error('AccessDenied', 'Access Denied');
}

function* objectPages(
  { storage, principal }: ReadingRole,
  bucket: string,
  { Prefix, StartAfter }: ItemReading['arguments'],
): Generator<ObjectPage, void, undefined> {
  const query = { prefix: textOr('', Prefix), startAfter: textOr('', StartAfter) };
  const asked = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
  let continuationToken: string | undefined;
  do {
    const page = storage.list(principal, bucket, {
      ...asked,
      ...(continuationToken !== undefined && { continuationToken }),
    });
    yield page;
    continuationToken = page.nextContinuationToken;
  } while (continuationToken !== undefined);
}

/** An object in the form in which the item reader gives it. */
const objectItem = (object: ObjectPage['objects'][number]): Json => ({
  Etag: etagOf(object),
  Key: object.key,
  LastModified: Math.floor(object.lastModified / 1_000),
  Size: object.size,
  StorageClass: 'STANDARD',
});

async function* fileItems(role: ReadingRole, address: ObjectAddress, format: FileFormat): Pages {
  const source = `S3://${address.bucket}/${address.key}`;
  const texts = textOf(address.key, role.storage.get(role.principal, address).stream());
  for await (const page of itemsIn(texts, format)) yield { ...page, source };
}

async function* itemsIn(texts: AsyncIterable<string>, format: FileFormat): AsyncGenerator<Omit<ItemPage, 'source'>> {
  if (format.InputType === 'JSON') yield* jsonItems(texts, format.ItemsPointer);
  else if (format.InputType === 'JSONL') for await (const items of jsonLines(texts)) yield { items };
  else {
    const { CSVDelimiter: delimiter, CSVHeaders: headers } = format;
    for await (const items of csvItems(texts, { delimiter, headers })) yield { items };
  }
}
