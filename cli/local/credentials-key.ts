import { messageOf } from '@crosswind/aws/problem';
import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { WrongInput } from '../failure.ts';

/** Where the key of a clone lies: not committed, and gone with `node_modules`. */
export const credentialsKeyFile = (root: string): string =>
  join(root, 'node_modules', '.cache', 'crosswind', 'credentials-key');

/** The secret of a clone from which the credentials of its sandboxes are derived; made when it is asked for the first time. */
export async function credentialsKey(root: string): Promise<Buffer> {
  const file = credentialsKeyFile(root);
  const text = (await textOf(file)) ?? (await created(file));
  if (/^[0-9a-f]{64}$/.test(text.trim())) return Buffer.from(text.trim(), 'hex');
  throw new WrongInput(
    `${file} holds no key of 64 hexadecimal digits: delete it, and the next command makes another one`,
  );
}

async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw unusable(file, error);
  });
}

/** Makes the file whole or not at all; where another command is faster, its key is everybody's. */
async function created(file: string): Promise<string> {
  const temporary = `${file}.${randomUUID()}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
    await link(temporary, file).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
    return await readFile(file, 'utf8');
  } catch (error) {
    throw unusable(file, error);
  } finally {
    await rm(temporary, { force: true });
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const unusable = (file: string, error: unknown): WrongInput =>
  new WrongInput(`the key of this clone cannot be kept in ${file}: ${messageOf(error)}`);
