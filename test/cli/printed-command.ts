import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { addAccessRole } from '@crosswind/sandbox/iam/operator-role';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { administrator } from '../../cli/local/administrator.ts';
import { platformFile } from '../platform-file.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { clone } from '../workloads.ts';

const run = promisify(execFile);
const [managementAccount, region] = ['999999999999', 'us-east-1'] as const;

/** Credentials of an administrator of an account, as variables of a process. */
export function administratorIn(sandbox: Sandbox, account: string): Readonly<Record<string, string>> {
  const session = sandbox.sessions.credentials(administrator(sandbox, account, region));
  return {
    ...{ AWS_ENDPOINT_URL: sandbox.endpointUrl, AWS_REGION: region, AWS_DEFAULT_REGION: region, AWS_PAGER: '' },
    ...{ AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' },
    AWS_ACCESS_KEY_ID: session.accessKeyId,
    AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
    AWS_SESSION_TOKEN: session.sessionToken,
  };
}

/** Lets administrators of the management account into accounts, as AWS Organizations does. */
export function letManagementIn(sandbox: Sandbox, ...accounts: readonly string[]): void {
  for (const account of accounts) addAccessRole(sandbox.identities, { account, partition: 'aws', managementAccount });
}

/**
 * Runs a command that crosswind has printed in a shell, with `npx crosswind` on the platform of the tests.
 *
 * @param account account whose administrator runs it
 */
export async function runPrinted(sandbox: Sandbox, command: string, account: string = managementAccount) {
  const directory = temporaryDirectory();
  const bin = join(directory, 'bin');
  mkdirSync(bin);
  const spawned = join(clone.root, 'test/cli/spawned.mjs');
  const npx = `#!/bin/sh\nshift\nexec "${process.execPath}" "${spawned}" "${clone.services}" "$@" --file "${platformFile}"\n`;
  writeFileSync(join(bin, 'npx'), npx);
  chmodSync(join(bin, 'npx'), 0o755);
  const path = [bin, process.env['PATH'] ?? ''].join(delimiter);
  const env = { ...process.env, ...administratorIn(sandbox, account), PATH: path };
  return run('bash', ['-euo', 'pipefail', '-c', command], { cwd: directory, env });
}
