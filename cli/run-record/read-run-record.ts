import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf } from '@crosswind/aws/problem';
import { WrongInput } from '../failure.ts';
import { type RunRecord, runRecord, runRecordName, runRecordVersion } from './run-record.ts';

const versioned = z.looseObject({ version: z.unknown() });

/**
 * Reads the record of the last run that wrote to a directory.
 *
 * @throws WrongInput if there is none, if it is broken, or if another version of this command wrote it
 */
export async function readRunRecord(directory: string): Promise<RunRecord> {
  const file = join(directory, runRecordName);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const isAbsent = error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code));
    const why = isAbsent ? 'there is no record of a run' : `the record of the run cannot be read (${messageOf(error)})`;
    throw new WrongInput(`${file}: ${why}; \`npm start\` writes one, --out names another directory`);
  });
  const json = parsed(file, text);
  const { data: { version } = {} } = versioned.safeParse(json);
  if (version !== runRecordVersion) {
    throw new WrongInput(
      `${file}: expected version ${runRecordVersion} of a run's record, got ${version === undefined ? 'none' : JSON.stringify(version)}; run \`npm start\` again with this version of crosswind`,
    );
  }
  const record = runRecord.safeParse(json);
  if (record.success) return record.data;
  const [issue] = record.error.issues;
  throw broken(file, `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw broken(file, messageOf(error));
  }
}

const broken = (file: string, why: string): WrongInput =>
  new WrongInput(`${file}: the record of the run is broken (${why.trim()}); run \`npm start\` again`);
