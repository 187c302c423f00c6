import { CommanderError } from 'commander';
import { messageOf } from '@crosswind/aws/problem';
import { Findings, RunFailed, WrongInput } from './failure.ts';
import type { Io } from './io.ts';
import { jsonText } from './terminal.ts';

/** Prints why a command failed as JSON where `--json` asks for it. */
export interface FailureJson {
  /** The connections of the command. */
  readonly io: Io;
  /** Prints the failure on standard output, unless the command has printed its own document there. */
  readonly print: (error: unknown) => void;
}

export function failureJson(args: readonly string[], io: Io): FailureJson {
  const { stdout } = io;
  let isPrinted = false;
  const watched: Io['stdout'] = {
    write(text) {
      isPrinted = true;
      return stdout.write(text);
    },
    isTTY: stdout.isTTY,
    get columns() {
      return stdout.columns;
    },
  };
  return {
    io: { ...io, stdout: watched },
    print(error) {
      if (!isPrinted && args.includes('--json')) stdout.write(jsonText({ error: failureOf(error) }));
    },
  };
}

/** A failure as data. */
const failureOf = (error: unknown): { readonly kind: string; readonly message: string } => ({
  kind: kindOf(error),
  message: messageOf(error).replace(/^error: /, ''),
});

function kindOf(error: unknown): string {
  if (error instanceof WrongInput || error instanceof CommanderError) return 'wrong input';
  if (error instanceof Findings) return 'findings';
  return error instanceof RunFailed ? 'run failed' : 'unexpected';
}
