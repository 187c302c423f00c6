import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/** The code of a function is at most 250 MB unzipped (AWS: "Lambda quotas", deployment package). */
const maxUnzippedBytes = 262_144_000;

/** Reason that an archive cannot be unpacked, in the words of Lambda. */
export class BadArchive extends Error {
  override readonly name = 'BadArchive';
}

const unreadable = (): BadArchive =>
  new BadArchive('Could not unzip uploaded file. Please check your file, then try to upload again.');

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly compressedBytes: number;
  readonly bytes: number;
  /** As `stat` has it, or 0. */
  readonly mode: number;
  /** Where its local header is. */
  readonly offset: number;
}

/**
 * Unpacks a ZIP archive into a directory, with the permissions and symbolic links that it holds (PKWARE APPNOTE 6.3.10,
 * sections 4.3.7 to 4.3.16). Archives in several files and ZIP64 are none that Lambda takes.
 * @throws BadArchive
 */
export function unzip(archive: Buffer, directory: string): void {
  const entries = entriesOf(archive);
  if (entries.reduce((sum, { bytes }) => sum + bytes, 0) > maxUnzippedBytes) {
    throw new BadArchive(`Unzipped size must be smaller than ${maxUnzippedBytes} bytes`);
  }
  for (const entry of entries) write(entry, archive, directory);
}

function write(entry: Entry, archive: Buffer, directory: string): void {
  const { name, mode } = entry;
  const path = join(directory, name);
  if (path !== directory && !path.startsWith(directory + sep)) throw unreadable();
  if (name.endsWith('/')) {
    mkdirSync(path, { recursive: true });
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  const content = contentOf(entry, archive);
  // File type of a symbolic link: inode(7), S_IFLNK. Its content is its target, which must stay inside.
  if ((mode & 0o170_000) === 0o120_000) {
    const target = content.toString();
    if (!join(dirname(path), target).startsWith(directory + sep) || target.startsWith('/')) throw unreadable();
    symlinkSync(target, path);
    return;
  }
  writeFileSync(path, content);
  if ((mode & 0o777) !== 0) chmodSync(path, (mode & 0o777) | 0o400);
}

function contentOf({ offset, method, isEncrypted, compressedBytes, bytes }: Entry, archive: Buffer): Buffer {
  const start = offset + 30 + at(archive, offset + 26, 2) + at(archive, offset + 28, 2);
  const packed = archive.subarray(start, start + compressedBytes);
  if (isEncrypted || at(archive, offset, 4) !== 0x04034b50 || packed.length !== compressedBytes) throw unreadable();
  const content = method === 0 ? packed : inflated(packed, method, bytes);
  if (content.length !== bytes) throw unreadable();
  return content;
}

function inflated(packed: Buffer, method: number, bytes: number): Buffer {
  if (method !== 8) throw unreadable();
  try {
    // Not more than the archive says: else a small one could fill the memory.
    return inflateRawSync(packed, { maxOutputLength: Math.max(bytes, 1) });
  } catch {
    throw unreadable();
  }
}

/** The entries of the central directory, which is at the end, before a comment of up to 64 KB. */
function entriesOf(archive: Buffer): readonly Entry[] {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw unreadable();
  const entries: Entry[] = [];
  let offset = at(archive, end + 16, 4);
  for (let left = at(archive, end + 10, 2); left > 0; left -= 1) {
    if (at(archive, offset, 4) !== 0x02014b50) throw unreadable();
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => at(archive, offset + field, 2));
    const after = offset + 46 + (nameBytes ?? 0);
    entries.push({
      name: archive.subarray(offset + 46, after).toString(),
      isEncrypted: (at(archive, offset + 8, 2) & 1) === 1,
      method: at(archive, offset + 10, 2),
      compressedBytes: at(archive, offset + 20, 4),
      bytes: at(archive, offset + 24, 4),
      mode: at(archive, offset + 40, 2),
      offset: at(archive, offset + 42, 4),
    });
    offset = after + (extraBytes ?? 0) + (commentBytes ?? 0);
  }
  return entries;
}

function at(archive: Buffer, offset: number, bytes: 2 | 4): number {
  if (offset < 0 || offset + bytes > archive.length) throw unreadable();
  return archive.readUIntLE(offset, bytes);
}
