import { fork } from 'node:child_process';
import { duration } from '../../duration.ts';
import { removeLeftovers } from '../../temporary-directory.ts';
import type { ContractAnswer, ContractAsked, ContractFound } from './contract-asked.ts';
import type { Mix } from '../runs/run-data.ts';

/** Milliseconds in which a process that is ended may clean up. */
const endLimit = 10_000;

/** Findings of a process, or the reason why it has none. */
export type ContractResult = { readonly found: ContractFound } | { readonly missing: string };

export interface AskProps {
  /** Ends the process, which removes what it has written first. */
  readonly signal: AbortSignal;
  readonly onRun: (mix: Mix) => void;
  /**
   * Milliseconds after which the process is ended.
   *
   * @default 300_000 - a sample that takes minutes is too large to run with every mix
   */
  readonly limit?: number;
}

/** Runs old and new stages together in a process of their own. The code of a workload is loaded there only. */
export async function askProcess(
  asked: ContractAsked,
  { signal, onRun, limit = 300_000 }: AskProps,
): Promise<ContractResult> {
  signal.throwIfAborted();
  const child = fork(new URL('./contract-process.mjs', import.meta.url), [JSON.stringify(asked)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Not in the group of the terminal: Ctrl-C is for the command to handle.
    detached: true,
  });
  let result: ContractResult | undefined;
  let late: NodeJS.Timeout | undefined;
  const end = (): void => {
    if (child.connected) child.disconnect();
    late = setTimeout(() => child.kill('SIGKILL'), endLimit);
  };
  signal.addEventListener('abort', end);
  const limited = setTimeout(() => {
    result = { missing: `the sample took longer than ${duration(limit)} in all mixes of its stages` };
    end();
  }, limit);
  child.on('message', (answer: ContractAnswer) => {
    if (answer.kind === 'progress') onRun(answer.mix);
    else result ??= answer.kind === 'found' ? { found: answer.found } : { missing: answer.why };
  });
  const ended = await new Promise<string>((resolve) => {
    child
      .on('error', ({ message }) => {
        resolve(message);
      })
      .on('exit', (code, by) => {
        resolve(by ?? `exit code ${code ?? 0}`);
      });
  });
  clearTimeout(limited);
  clearTimeout(late);
  signal.removeEventListener('abort', end);
  // Of a process that had to be killed.
  await removeLeftovers();
  signal.throwIfAborted();
  return result ?? { missing: `the process that runs the sample has ended: ${ended}` };
}
