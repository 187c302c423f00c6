import type { Io } from './io.ts';

/** Connections of a command that has a process of its own. */
export function processIo(): Io {
  const { stdout, stderr } = process;
  for (const stream of [stdout, stderr]) stream.on('error', ignoreClosedPipe);
  return { stdout, stderr, signals: process, exit: (code) => process.exit(code) };
}

/** A reader such as `head` may close the pipe early; the command still finishes its work. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
