import type { ListedObject, ObjectAddress, ObjectStore } from '../../functions/object-store.ts';
import { AccessDenied, UnreadableObject } from '../../functions/object-store.ts';
import { splitLines } from '../../functions/split-lines.ts';

/** An object store in memory, with doors that can be shut. */
export class MemoryStore implements ObjectStore {
  /** Content by `bucket/key`. */
  readonly contents = new Map<string, Buffer>();
  readonly contentTypes = new Map<string, string>();
  /** Reads, in order, as `bucket/key`. */
  readonly reads: string[] = [];
  /** Listings, in order, as the bucket and the key after which they begin. */
  readonly lists: string[] = [];
  /** Addresses, as `bucket/key` or the beginning of one, that may not be read or written. */
  readonly denied: string[] = [];
  /** Keys in a page of a listing. */
  pageSize = 1000;

  text(address: string): string {
    return this.contents.get(address)?.toString() ?? '';
  }

  get(address: ObjectAddress): Promise<Uint8Array> {
    return Promise.resolve().then(() => this.#read(address));
  }

  async *lines(address: ObjectAddress): AsyncGenerator<string> {
    const content = await this.get(address);
    yield* splitLines(chunks(content, 1000));
  }

  put({ bucket, key }: ObjectAddress, body: string, contentType: string): Promise<void> {
    return Promise.resolve().then(() => {
      this.#admit(`${bucket}/${key}`, 's3:PutObject');
      this.contents.set(`${bucket}/${key}`, Buffer.from(body));
      this.contentTypes.set(key, contentType);
    });
  }

  list(bucket: string, prefix: string, startAfter = '') {
    return Promise.resolve().then(() => {
      this.#admit(bucket, 's3:ListBucket');
      this.lists.push(`${bucket}/${startAfter}`);
      const found = [...this.contents]
        .filter(([address]) => address.startsWith(`${bucket}/${prefix}`))
        .map(([address, { length }]): ListedObject => ({ key: address.slice(bucket.length + 1), size: length }))
        .filter(({ key }) => key > startAfter)
        .sort((a, b) => (a.key < b.key ? -1 : 1));
      return { objects: found.slice(0, this.pageSize), more: found.length > this.pageSize };
    });
  }

  async copy(from: ObjectAddress, to: ObjectAddress): Promise<void> {
    const content = Buffer.from(await this.get(from));
    this.contents.set(`${to.bucket}/${to.key}`, content);
  }

  removeAll(bucket: string, prefix: string): Promise<void> {
    return Promise.resolve().then(() => {
      this.#admit(`${bucket}/${prefix}`, 's3:DeleteObjectVersion');
      for (const address of [...this.contents.keys()]) {
        if (address.startsWith(`${bucket}/${prefix}`)) this.contents.delete(address);
      }
    });
  }

  #read({ bucket, key }: ObjectAddress): Buffer {
    const address = `${bucket}/${key}`;
    this.#admit(address, 's3:GetObject');
    this.reads.push(address);
    const content = this.contents.get(address);
    if (content === undefined) throw new UnreadableObject(`s3://${address}: NoSuchKey: the key does not exist`);
    return content;
  }

  #admit(address: string, action: string): void {
    if (!this.denied.some((door) => address.startsWith(door))) return;
    throw new AccessDenied(
      `User: arn:aws:sts::111122223333:assumed-role/analyze/x is not authorized to perform: ${action}`,
    );
  }
}

async function* chunks(content: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield await Promise.resolve(content.subarray(at, at + size));
}
