import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { type Repository, repositoryAt } from '../upgrade/repositories.ts';

const root = join(import.meta.dirname, '../../..');

/** Everything that a synthesis and its judges need. */
const parts = [
  'blocks',
  'cli',
  'config',
  'docs/runbooks',
  'onboarding',
  'packages',
  'pipeline',
  'policies',
  'stages',
  '.gitignore',
  'cdk.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

const needless = /(^|\/)(node_modules|test|cdk\.out|out)(\/|$)/;

/** Six accounts and one tenant in one wave: small, because it is synthesized again and again. */
const platform = `organization:
  id: o-exampleorg1
  managementAccount: '999999999999'
region: us-east-1
pipeline:
  account: tooling
  repository: example-org/platform
  branch: main
  connection: arn:aws:codeconnections:us-east-1:111111111111:connection/11111111-2222-3333-4444-555555555555
monitoring:
  account: monitoring
  page: [on-call@example.com]
  ticket: [platform-team@example.com]
waves:
  - name: dev
accounts:
${['tooling', 'monitoring', 'parent-dev', 'child-dev'].map(accountText).join('\n')}
tenants:
  - name: word-count
    workload: word-count
    owner: letters-team
    waves:
      dev: { parent: parent-dev, child: child-dev, settings: { years: [2022] } }
`;

function accountText(name: string, index: number): string {
  return `  - name: ${name}
    id: '${String(index + 1).repeat(12)}'
    email: aws+${name}@example.com
    organizationalUnit: Workloads
    quotas: { lambdaConcurrency: 1000 }`;
}

/**
 * The clone of an adopter in a repository of its own, on branch \`main\`: this template, a small platform, and the workload
 * of the tests that counts words. Installed packages are linked, those of the repository are its own.
 */
export function newProject(): Repository {
  const path = join(temporaryDirectory(), 'project');
  for (const part of parts) {
    cpSync(join(root, part), join(path, part), {
      recursive: true,
      filter: (file) => !needless.test(relative(root, file)),
    });
  }
  const services = join(path, 'services/word-count');
  cpSync(join(root, 'test/services/word-count'), services, { recursive: true });
  for (const file of readdirSync(services, { recursive: true }).map(String)) {
    if (!file.endsWith('.ts')) continue;
    const code = readFileSync(join(services, file), 'utf8');
    writeFileSync(join(services, file), code.replaceAll("'../../../", "'../../"));
  }
  linkPackages(path);
  const project = repositoryAt(path);
  project.git('init', '--quiet', '--initial-branch', 'main');
  project.commit({ 'platform.yaml': platform, 'policies/waivers.yaml': 'waivers: []\n' }, 'a platform');
  return project;
}

export function linkPackages(path: string): void {
  mkdirSync(join(path, 'node_modules/@crosswind'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name === '@crosswind' || name === '.cache' || name.startsWith('.vite')) continue;
    symlinkSync(join(root, 'node_modules', name), join(path, 'node_modules', name));
  }
  for (const name of readdirSync(join(path, 'packages'))) {
    symlinkSync(`../../packages/${name}`, join(path, 'node_modules/@crosswind', name));
    const own = join(root, 'packages', name, 'node_modules');
    if (existsSync(own)) symlinkSync(own, join(path, 'packages', name, 'node_modules'));
  }
}

/** Runs a program in a directory without the variables of this process, and returns its exit code and what it printed. */
export async function runIn(directory: string, command: string, ...args: readonly string[]) {
  const env = { PATH: process.env['PATH'], HOME: temporaryDirectory(), CI: 'true' };
  const child = spawn(command, args, { cwd: directory, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve(code ?? -1);
    });
  });
  const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
}
