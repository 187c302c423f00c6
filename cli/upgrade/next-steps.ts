import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { PlannedUpgrade } from './plan-upgrade.ts';

/** A command that follows an upgrade, on its branch. */
export interface NextStep {
  readonly command: string;
  readonly purpose: string;
}

/** Commands after a finished upgrade: generated files, the check, and their commit. */
export const nextSteps = ({ hasOwnLock }: Pick<PlannedUpgrade, 'hasOwnLock'>): readonly NextStep[] => [
  hasOwnLock
    ? { command: 'npm install', purpose: "adds your own dependencies to the template's package-lock.json" }
    : { command: 'npm ci', purpose: 'installs what package-lock.json says' },
  { command: 'npm run schema', purpose: 'writes platform.schema.json for your workloads' },
  { command: 'npm run check', purpose: 'checks your platform with the new version' },
  { command: 'git commit --all --amend --no-edit', purpose: 'takes generated files into the commit' },
];

/** Runs a step in the clone, its output to `print`, and returns its exit code. */
export async function runStep(
  root: string,
  { command }: NextStep,
  { print, signal }: { readonly print: (text: string) => void; readonly signal: AbortSignal },
): Promise<number> {
  // A process group of its own, because npm starts commands that would outlive it.
  const child = spawn(command, { cwd: root, shell: true, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const stop = (): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid);
  };
  signal.addEventListener('abort', stop);
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      print(chunk.toString());
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  signal.removeEventListener('abort', stop);
  return code ?? 1;
}
