import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { RunFailed } from '../failure.ts';
import { onInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { synthesize } from '../local/synthesize.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import type { Terminal } from '../terminal.ts';

export interface Synthesis {
  readonly io: Io;
  readonly clone: Clone;
  readonly file: string;
  readonly terminal: Terminal;
}

/** The answer about the platform as it is synthesized; findings of a check do not matter, because the assembly is there. */
export async function inSynthesized<Answer>(
  { io, clone, file, terminal }: Synthesis,
  answer: (directory: string) => Answer | Promise<Answer>,
): Promise<Answer> {
  const cleanUp = onInterrupt(io);
  try {
    const { path } = await cleanUp.use(temporaryDirectory());
    terminal.progress('synthesizing the platform: cdk synth');
    await synthesize({ clone, file, directory: path, signal: cleanUp.signal }).catch((error: unknown) => {
      const isThere = existsSync(join(path, 'validation-report.json'));
      if (!(error instanceof RunFailed) || !isThere || cleanUp.signal.aborted) throw error;
      terminal.note('note: the platform does not pass its checks; run `npm run synth` to see why');
    });
    return await answer(path);
  } finally {
    await cleanUp.now();
  }
}
