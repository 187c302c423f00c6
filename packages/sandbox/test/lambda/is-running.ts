import { spawnSync } from 'node:child_process';

/** False for a process that has ended, even if nobody has asked for its status yet. */
export function isRunning(pid: number): boolean {
  const status = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)])
    .stdout.toString()
    .trim();
  return status !== '' && !status.startsWith('Z');
}
