import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { RunFailed } from '../failure.ts';
import { fixOf } from './fix-of.ts';

/** Gives a refusal of AWS the name of what was refused. */
export async function refusedAs<T>(sandbox: Sandbox, what: string, action: () => Promise<T>): Promise<T> {
  const { isRefusal } = await import('@crosswind/sandbox/sandbox');
  try {
    return await action();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new RunFailed([`${what} was refused: ${error.message}`, ...fixOf(error.message, sandbox)].join('\n'));
  }
}
