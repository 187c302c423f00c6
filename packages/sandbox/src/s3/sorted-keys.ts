/** Keys per chunk: small enough to insert by moving memory, large enough that 600,000 keys make about 1,000 chunks. */
const CHUNK_KEYS = 1024;

/** UTF-16 units in the order of the UTF-8 bytes they stand for: surrogate pairs come after U+E000 to U+FFFF. */
const rank = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);

/** Compares two keys by their UTF-8 bytes, as S3 sorts them (AWS: "ListObjectsV2"). */
export function compareKeys(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    const difference = one.charCodeAt(at) - other.charCodeAt(at);
    if (difference !== 0) return rank(one.charCodeAt(at)) - rank(other.charCodeAt(at));
  }
  return one.length - other.length;
}

/** The index at which an ordered list stops being before something. */
function firstNotBefore<Item>(items: readonly Item[], isBefore: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(items[middle] as Item)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A set of keys that is always sorted: chunks of sorted keys, in order. */
export class SortedKeys {
  readonly #chunks: string[][] = [];

  /** Adds a key that is not in the set yet. */
  add(key: string): void {
    const at = Math.min(this.#chunkOf(key), this.#chunks.length - 1);
    const chunk = this.#chunks[at];
    if (chunk === undefined) {
      this.#chunks.push([key]);
      return;
    }
    chunk.splice(
      firstNotBefore(chunk, (other) => compareKeys(other, key) < 0),
      0,
      key,
    );
    if (chunk.length > CHUNK_KEYS) this.#split(at, chunk);
  }

  /** Removes a key that is in the set. */
  remove(key: string): void {
    const at = this.#chunkOf(key);
    const chunk = this.#chunks[at] ?? [];
    const position = firstNotBefore(chunk, (other) => compareKeys(other, key) < 0);
    if (chunk[position] === key) chunk.splice(position, 1);
    if (chunk.length === 0) this.#chunks.splice(at, 1);
  }

  /** The keys in order, beginning with the first that is not before something; `isBefore` holds for a beginning of the set. */
  *from(isBefore: (key: string) => boolean): Generator<string, void, undefined> {
    const start = firstNotBefore(this.#chunks, (chunk) => isBefore(chunk.at(-1) ?? ''));
    for (let at = start; at < this.#chunks.length; at += 1) {
      const chunk = this.#chunks[at] ?? [];
      for (let position = at === start ? firstNotBefore(chunk, isBefore) : 0; position < chunk.length; position += 1) {
        yield chunk[position] ?? '';
      }
    }
  }

  /** The first chunk that ends at or after the key. */
  #chunkOf(key: string): number {
    return firstNotBefore(this.#chunks, (chunk) => compareKeys(chunk.at(-1) ?? '', key) < 0);
  }

  /** In two; a chunk that grew at its end stays full, so that keys seeded in order pack tightly. */
  #split(at: number, chunk: string[]): void {
    const keep = at === this.#chunks.length - 1 ? CHUNK_KEYS : CHUNK_KEYS / 2;
    this.#chunks.splice(at + 1, 0, chunk.splice(keep));
  }
}
