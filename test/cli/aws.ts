import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Credentials } from './served-sandbox.ts';

const run = promisify(execFile);

/** Runs the AWS CLI without this machine's own configuration, and returns its output. */
export async function aws(
  variables: Credentials & { readonly AWS_CONFIG_FILE?: string },
  ...args: readonly string[]
): Promise<string> {
  const ownNothing = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_PAGER: '' };
  const { stdout } = await run('aws', args, { env: { ...process.env, ...ownNothing, ...variables } });
  return stdout.trim();
}
