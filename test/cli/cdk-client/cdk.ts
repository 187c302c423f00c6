import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { temporaryDirectory } from '../../temporary-directory.ts';
import type { Credentials } from '../served-sandbox.ts';

const root = join(import.meta.dirname, '../../..');

/** Command that synthesizes the app of the test. */
export const app = `node --import ${pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href} ${join(import.meta.dirname, 'app.ts')}`;

export interface FinishedCdk {
  readonly code: number;
  readonly output: string;
}

/** Runs the CDK's command line with these credentials, in a folder without an app of its own. */
export async function cdk(variables: Credentials, ...args: readonly string[]): Promise<FinishedCdk> {
  const folder = temporaryDirectory();
  const child = spawn(process.execPath, [join(root, 'node_modules/aws-cdk/bin/cdk'), ...args, '--no-notices'], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      CI: 'true',
      NODE_NO_WARNINGS: '1',
      // The rules that the CDK checks templates with cost most of a synthesis.
      CDK_VALIDATION: 'false',
      ...variables,
    },
  });
  const ended = new Promise<number>((resolve) => {
    child.once('close', (code) => {
      resolve(code ?? -1);
    });
  });
  const [code, ...output] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, output: output.join('') };
}
