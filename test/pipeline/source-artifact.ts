import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { temporaryDirectory } from '../temporary-directory.ts';

const root = join(import.meta.dirname, '../..');

/** True in a clone: only that has a commit to unpack. */
export const hasCommit = existsSync(join(root, '.git'));

/**
 * Unpacks HEAD as CodePipeline hands it to a build: without `.git`, and every file 0644, because the ZIP of the source
 * action keeps no permissions (CodePipeline User Guide: "Troubleshooting", file permissions of GitHub sources).
 * Installed packages are linked; those of the repository are its own.
 * @returns its directory
 */
export function unpackedSource(): string {
  const directory = join(temporaryDirectory(), 'source');
  mkdirSync(directory);
  const archive = join(directory, '../source.tar');
  run('git', '-C', root, 'archive', '--output', archive, 'HEAD');
  run('tar', '-xf', archive, '-C', directory);
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) chmodSync(join(entry.parentPath, entry.name), 0o644);
  }
  linkPackages(directory);
  return directory;
}

/** Links what is installed, as `npm ci` installs it: a workspace is the folder of this copy. */
function linkPackages(directory: string): void {
  const [installed, linked] = [root, directory].map((each) => join(each, 'node_modules'));
  mkdirSync(join(linked ?? '', '@crosswind'), { recursive: true });
  for (const name of readdirSync(installed ?? '').filter((each) => each !== '@crosswind')) {
    symlinkSync(join(installed ?? '', name), join(linked ?? '', name));
  }
  for (const name of readdirSync(join(directory, 'packages'))) {
    symlinkSync(`../../packages/${name}`, join(linked ?? '', '@crosswind', name));
    const own = join(root, 'packages', name, 'node_modules');
    if (existsSync(own)) symlinkSync(own, join(directory, 'packages', name, 'node_modules'));
  }
}

function run(command: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`);
}

/** Runs a program in a directory with the environment of a build, without the variables of this process. */
export async function runIn(directory: string, command: string, ...args: readonly string[]) {
  const env = { PATH: process.env['PATH'], HOME: temporaryDirectory(), CI: 'true' };
  const child = spawn(command, args, { cwd: directory, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve(code ?? -1);
    });
  });
  const [code, ...output] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, output: output.join('') };
}
