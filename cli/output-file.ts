import { access, constants, mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { messageOf } from '@crosswind/aws/message-of';
import { WrongInput } from './failure.ts';
import { writeAtomically } from './write-atomically.ts';

/** Makes the directory that an option writes to before the work begins. */
export async function prepareDirectory(option: string, directory: string): Promise<void> {
  await mkdir(resolve(directory), { recursive: true }).catch((error: unknown) => {
    throw cannotBeWritten(option, error);
  });
}

/** Makes the directory of the file that an option writes before the work begins. */
export const prepareFile = (option: string, file: string): Promise<void> =>
  prepareDirectory(option, dirname(resolve(file)));

/** Writes the file of an option in one step. */
export async function writeFileOf(option: string, file: string, text: string | Iterable<string>): Promise<void> {
  await writeAtomically(file, text).catch(async (error: unknown) => {
    // A directory that does not take files explains more than the temporary file that failed.
    await access(dirname(resolve(file)), constants.W_OK).catch((reason: unknown) => {
      throw cannotBeWritten(option, reason);
    });
    throw cannotBeWritten(option, error);
  });
}

const cannotBeWritten = (option: string, error: unknown): WrongInput =>
  new WrongInput(`${option} cannot be written: ${messageOf(error)}`);
