import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ByteRange } from './byte-range.ts';
import { checksumOf, summing, type Checksum, type ChecksumAlgorithm } from './checksum.ts';

/** Body of a request, all at once or in pieces. */
export type Body = Uint8Array | AsyncIterable<Uint8Array>;

/** The file that holds a body; a file that was adopted belongs to someone else and is never removed. */
export interface BodyFile {
  readonly path: string;
  readonly owned: boolean;
}

/** Size and checksums of a body, computed while it was written. */
export interface Digest {
  readonly size: number;
  /** Hexadecimal. */
  readonly md5: string;
  readonly checksum: Checksum;
}

/** Pieces are written together up to this many bytes. */
const BATCH_BYTES = 4 * 1024 * 1024;
const FILES_PER_FOLDER = 1000;
const FORGOTTEN_FILES = 64;

/** Bodies in numbered files: no name on disk depends on an object's key, and none appears before it is complete. */
export class BodyFiles {
  readonly #directory: string;
  readonly #forgotten: string[] = [];
  readonly #writing = new Set<Promise<unknown>>();
  #isClosed = false;
  #count = 0;

  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(join(directory, 'incoming'), { recursive: true });
  }

  /** Writes a body; `verify` may refuse it by throwing before it becomes a file of its own. */
  write(
    body: Body,
    algorithm: ChecksumAlgorithm,
    verify: (digest: Digest) => void,
  ): Promise<{ file: BodyFile; digest: Digest }> {
    return this.#untilClosed(() => this.#write(body, algorithm, verify));
  }

  async #write(
    body: Body,
    algorithm: ChecksumAlgorithm,
    verify: (digest: Digest) => void,
  ): Promise<{ file: BodyFile; digest: Digest }> {
    const { path, incoming } = this.#next();
    try {
      const digest = await writeBatches(incoming, body, algorithm);
      verify(digest);
      await rename(incoming, path);
      return { file: { path, owned: true }, digest };
    } catch (error) {
      await rm(incoming, { force: true });
      throw error;
    }
  }

  /** Writes a small body at once. */
  writeSync(bytes: Uint8Array): { file: BodyFile; digest: Digest } {
    const { path, incoming } = this.#next();
    writeFileSync(incoming, bytes);
    renameSync(incoming, path);
    const md5 = createHash('md5').update(bytes).digest('hex');
    return { file: { path, owned: true }, digest: { size: bytes.length, md5, checksum: checksumOf('crc32', bytes) } };
  }

  /** A second owner of the same bytes: bodies never change, so a hard link is a copy. */
  async copy(file: BodyFile): Promise<BodyFile> {
    if (!file.owned) return file;
    return this.#untilClosed(async () => {
      const { path } = this.#next();
      await link(file.path, path);
      return { path, owned: true };
    });
  }

  /** Refuses bodies from now on, and resolves when none is being written any more: then the directory may go. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#writing);
  }

  /** Forgets a body; the last few stay on disk, since a reader may just be about to open one. */
  async remove(file: BodyFile): Promise<void> {
    if (file.owned) this.#forgotten.push(file.path);
    if (this.#forgotten.length > FORGOTTEN_FILES) await rm(this.#forgotten.shift() ?? '', { force: true });
  }

  async #untilClosed<T>(write: () => Promise<T>): Promise<T> {
    const writing = write();
    this.#writing.add(writing);
    try {
      return await writing;
    } finally {
      this.#writing.delete(writing);
    }
  }

  #next(): { path: string; incoming: string } {
    if (this.#isClosed) throw new DOMException('the sandbox is closed', 'AbortError');
    const id = this.#count++;
    const folder = join(this.#directory, String(Math.floor(id / FILES_PER_FOLDER)));
    if (id % FILES_PER_FOLDER === 0) mkdirSync(folder, { recursive: true });
    return { path: join(folder, String(id)), incoming: join(this.#directory, 'incoming', String(id)) };
  }
}

async function writeBatches(path: string, body: Body, algorithm: ChecksumAlgorithm): Promise<Digest> {
  const md5 = createHash('md5');
  const sum = summing(algorithm);
  const handle = await open(path, 'w');
  let size = 0;
  try {
    for await (const batch of batches(body)) {
      md5.update(batch);
      sum.update(batch);
      size += batch.length;
      await handle.writeFile(batch);
    }
  } finally {
    await handle.close();
  }
  return { size, md5: md5.digest('hex'), checksum: { algorithm, value: sum.digest().toString('base64') } };
}

/** The body in pieces that are worth a write each. */
async function* batches(body: Body): AsyncGenerator<Uint8Array, void, undefined> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body instanceof Uint8Array ? [body] : body) {
    waiting.push(piece);
    bytes += piece.length;
    if (bytes < BATCH_BYTES) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
  }
  if (bytes > 0) yield waiting.length === 1 && waiting[0] ? waiting[0] : Buffer.concat(waiting);
}

/** All bytes of a file, or of a part of it. */
export async function readBytes({ path }: BodyFile, range?: ByteRange): Promise<Buffer> {
  if (range === undefined) return readFile(path);
  const handle = await open(path);
  try {
    const part = Buffer.allocUnsafe(range.last - range.first + 1);
    const { bytesRead } = await handle.read(part, 0, part.length, range.first);
    return part.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The bytes of a file, or of a part of it, as they come from the disk. */
export const streamBytes = ({ path }: BodyFile, range?: ByteRange): Readable =>
  createReadStream(path, range && { start: range.first, end: range.last });
