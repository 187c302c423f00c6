import { messageOf } from '@crosswind/aws/problem';
import { RunFailed, stackOf, WrongInput } from '../../failure.ts';
import { terminalOf } from '../../terminal.ts';
import type { ContractAnswer, ContractAsked } from './contract-asked.ts';
import { oldMeetsNew } from './old-meets-new.ts';

/** Channel to the command that started the process. */
export interface ContractChannel {
  /** Called when nobody listens any more. */
  readonly onEnd: (listener: () => void) => void;
  readonly send: (answer: ContractAnswer) => void;
}

const nowhere = { write: () => true };

/** Runs old and new stages together in this process, which is the only one that loads the code of the workload. */
export async function answerContract(asked: ContractAsked, { onEnd, send }: ContractChannel): Promise<void> {
  const over = new AbortController();
  onEnd(() => {
    over.abort();
  });
  try {
    const found = await oldMeetsNew(asked, {
      terminal: terminalOf({ stdout: nowhere, stderr: nowhere }, { json: true }),
      signal: over.signal,
      onRun: (mix) => {
        send({ kind: 'progress', mix });
      },
    });
    send({ kind: 'found', found });
  } catch (error) {
    const isExpected = error instanceof RunFailed || error instanceof WrongInput;
    send({ kind: 'missing', why: isExpected ? messageOf(error) : stackOf(error) });
  }
}
