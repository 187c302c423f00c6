import { access, appendFile, constants, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { messageOf } from '@crosswind/aws/problem';
import { WrongInput } from './failure.ts';
import { type Content, writeAtomically } from './write-atomically.ts';

/** Bytes that must fit before the work begins; results and histories of the examples have a third of that. */
const leastSpace = 4 * 1_048_576;

/** Makes the directory that an option writes to before the work begins, and tries whether it takes files. */
export async function prepareDirectory(option: string, directory: string): Promise<void> {
  const path = resolve(directory);
  const trial = join(path, `.crosswind.${process.pid}.tmp`);
  try {
    await makeDirectory(path);
    await writeFile(trial, Buffer.alloc(leastSpace));
  } catch (error) {
    throw cannotBeWritten(option, error);
  } finally {
    await rm(trial, { force: true }).catch(() => undefined);
  }
}

/** As `mkdir -p`. That of Node.js 20 never ends under `/proc`, where no directory can be made. */
async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeDirectory(dirname(path));
    await mkdir(path);
  }
}

/** The same for the file that an option writes, which must be no directory. A pipe is left alone. */
export async function prepareFile(option: string, file: string): Promise<void> {
  const found = await stat(resolve(file)).catch(() => undefined);
  if (found?.isDirectory()) throw cannotBeWritten(option, new Error(`${file} is a directory: name a file in it`));
  if (!found || found.isFile()) await prepareDirectory(option, dirname(resolve(file)));
}

/** Writes the file of an option in one step. */
export async function writeFileOf(option: string, file: string, content: Content): Promise<void> {
  await writeAtomically(file, content).catch(async (error: unknown) => {
    // A directory that does not take files explains more than the temporary file that failed.
    await access(dirname(resolve(file)), constants.W_OK).catch((reason: unknown) => {
      throw cannotBeWritten(option, reason);
    });
    throw cannotBeWritten(option, error);
  });
}

/** Appends to the file of an option. */
export async function appendFileOf(option: string, file: string, text: string): Promise<void> {
  await appendFile(file, text).catch((error: unknown) => {
    throw cannotBeWritten(option, error);
  });
}

const cannotBeWritten = (option: string, error: unknown): WrongInput =>
  new WrongInput(`${option} cannot be written: ${messageOf(error)}`);
