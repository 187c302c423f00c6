import { readFileSync } from 'node:fs';

/** True if a process with that id runs, also one of another user. */
export const isAlive = (pid: number): boolean => isKnown(pid) && !isZombie(pid);

function isKnown(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * True for a process that has ended without its parent asking for its status, as in a container whose first process does
 * not. Only Linux says so (proc_pid_stat(5): the state follows the name in parentheses).
 */
function isZombie(pid: number): boolean {
  try {
    return /^.*\) Z /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
