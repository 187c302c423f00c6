/** One object's address. */
export interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
}

/** An object in a listing. */
export interface ListedObject {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
}

/** Part of a listing, in the order of keys. */
export interface ListedPage {
  readonly objects: readonly ListedObject[];
  /** True if more keys follow the last one. */
  readonly more: boolean;
}

/**
 * Object storage as the functions use it.
 * @throws {@link AccessDenied}, {@link UnreadableObject} or {@link StoreUnavailable}
 */
export interface ObjectStore {
  get(address: ObjectAddress): Promise<Uint8Array>;
  /** The lines of a text object, as they arrive. */
  lines(address: ObjectAddress): AsyncIterable<string>;
  put(address: ObjectAddress, body: string, contentType: string): Promise<void>;
  /** Up to 1,000 objects whose keys begin with `prefix` and come after `startAfter`. */
  list(bucket: string, prefix: string, startAfter?: string): Promise<ListedPage>;
  /** Copies an object with its metadata and without its tags. */
  copy(from: ObjectAddress, to: ObjectAddress): Promise<void>;
  /** Removes every version and delete marker whose key begins with `prefix`; a bucket that is gone has none. */
  removeAll(bucket: string, prefix: string): Promise<void>;
}

/** The caller lacks a permission: nothing is gained by trying again. Its message is the service's own. */
export class AccessDenied extends Error {
  override readonly name = 'AccessDenied';
}

/** An object that cannot be read, although reading it is allowed, however often one tries: it is gone, or damaged. */
export class UnreadableObject extends Error {
  override readonly name = 'UnreadableObject';
}

/** The store fails, or its connections break, for longer than is waited for here: another invocation may have more luck. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}
