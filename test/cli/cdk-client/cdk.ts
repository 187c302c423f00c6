import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { adminCredentials } from './person.ts';

const root = join(import.meta.dirname, '../../..');

/** Command that synthesizes the app of the test. */
export const app = `node --import ${pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href} ${join(import.meta.dirname, 'app.ts')}`;

export interface FinishedCdk {
  readonly code: number;
  readonly output: string;
}

/** Runs the CDK's command line as an administrator of the account, in a folder without an app of its own. */
export async function cdk(sandbox: Sandbox, account: string, ...args: readonly string[]): Promise<FinishedCdk> {
  const { accessKeyId, secretAccessKey, sessionToken } = adminCredentials(sandbox, account);
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
      AWS_ENDPOINT_URL: sandbox.endpointUrl,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
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
