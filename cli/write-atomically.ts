import { chmod, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Text of a file, or its bytes. */
export type Content = string | Uint8Array | Iterable<string>;

/** Writes a file in one step. A reader sees the old text (or no file) or the new text, never half of it. */
export async function writeAtomically(path: string, content: Content): Promise<void> {
  const target = await realpath(path).catch(absent(path));
  const found = await stat(target).catch(absent(undefined));
  // A pipe such as /dev/stdout cannot be replaced.
  if (found?.isFile() === false) {
    await writeFile(target, content);
    return;
  }
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await writeFile(file, content);
      await file.sync();
    } finally {
      await file.close();
    }
    if (found) await chmod(temporary, found.mode);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Returns `value` for a file that does not exist yet, and rethrows every other error. */
const absent =
  <Value>(value: Value) =>
  (error: unknown): Value => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return value;
    throw error;
  };
