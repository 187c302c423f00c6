import { readdirSync } from 'node:fs';
import { afterAll, beforeAll } from 'vitest';
import { type Terminal, terminalOf } from '../../../cli/terminal.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const nowhere = { write: () => true };

/** A terminal that shows nothing. */
export const silent: Terminal = terminalOf({ stdout: nowhere, stderr: nowhere }, { json: true });

/** A terminal that calls for each line of progress. */
export const listening = (onProgress: (line: string) => void): Terminal => ({ ...silent, progress: onProgress });

/** A directory of its own for the temporary files of this process and of those that it starts, while a file is tested. */
export function ownTemporaryFiles(): { readonly left: () => readonly string[] } {
  const directory = temporaryDirectory();
  const earlier = process.env['TMPDIR'];
  beforeAll(() => {
    process.env['TMPDIR'] = directory;
  });
  afterAll(() => {
    if (earlier === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = earlier;
  });
  // The cache of tsx is no file of a command.
  return { left: () => readdirSync(directory).filter((name) => name.startsWith('crosswind-')) };
}
