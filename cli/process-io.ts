import { EventEmitter } from 'node:events';
import type { Io, Output, Signals } from './io.ts';

/**
 * Connections of a command that has a process of its own. A reader such as `head` may close the pipe early: then nothing
 * is written any more, and a command that must clean up ends like after a signal; any other finishes its work. An output
 * that cannot be written for another reason, such as a full disk, ends the command with a message.
 */
export function processIo(): Io {
  const { stdout, stderr } = process;
  const pipe = new EventEmitter();
  let isOver = false;
  const over = (name: string, { code, message }: NodeJS.ErrnoException): void => {
    if (isOver) return;
    isOver = true;
    if (code !== 'EPIPE') {
      if (name === 'output') stderr.write(`standard output cannot be written: ${message}\n`);
      process.once('exit', () => (process.exitCode = 2));
    }
    pipe.emit('SIGPIPE', 'SIGPIPE');
  };
  const output = (name: string, stream: NodeJS.WriteStream): Output => {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      over(name, error);
    });
    return {
      write: (text) => !isOver && stream.write(text),
      isTTY: stream.isTTY,
      get columns() {
        return stream.columns;
      },
    };
  };
  return {
    stdout: output('output', stdout),
    stderr: output('error', stderr),
    signals: signalsOf(pipe),
    exit: (code) => process.exit(code),
  };
}

/** The signals of the process, and `SIGPIPE` from `pipe`: Node.js ignores the signal itself, and a listener would end that. */
const signalsOf = (pipe: EventEmitter): Signals => ({
  on: (signal, listener) => (signal === 'SIGPIPE' ? pipe : process).on(signal, listener),
  off: (signal, listener) => (signal === 'SIGPIPE' ? pipe : process).off(signal, listener),
});
