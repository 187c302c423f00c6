import { RunFailed } from '../failure.ts';
import { onInterrupt } from '../interrupt.ts';
import type { Terminal } from '../terminal.ts';
import { type Followed, follow, hasEnded } from './follow.ts';
import { progressLine } from './present.ts';
import type { RunnerClients } from './runner-clients.ts';

export interface WatchProps {
  readonly executionArn: string;
  readonly terminal: Terminal;
  /**
   * Minutes after which nobody waits any longer.
   *
   * @default - as long as it takes
   */
  readonly timeoutMinutes?: number;
}

/** Follows a run to its end. It goes on when the command is interrupted or gives up, which then says how to stop it. */
export async function watch(clients: RunnerClients, props: WatchProps): Promise<Followed> {
  const { executionArn, terminal, timeoutMinutes } = props;
  const cleanUp = onInterrupt();
  const goesOn = `it goes on; to stop it: aws stepfunctions stop-execution --execution-arn ${executionArn}`;
  let last: Followed | undefined;
  await cleanUp.use(
    Promise.resolve({
      remove: () => {
        if (!last || !hasEnded(last.parent)) terminal.note(goesOn);
        return Promise.resolve();
      },
    }),
  );
  const deadline = timeoutMinutes === undefined ? undefined : AbortSignal.timeout(timeoutMinutes * 60_000);
  try {
    for await (const followed of follow(
      clients,
      executionArn,
      AbortSignal.any([cleanUp.signal, ...(deadline ? [deadline] : [])]),
    )) {
      last = followed;
      terminal.progress(progressLine(followed));
    }
  } catch (error) {
    if (deadline?.aborted !== true) throw error;
    throw new RunFailed([`no end after ${timeoutMinutes} minutes`, ...whyNoEnd(last)].join('\n'));
  } finally {
    await cleanUp.now();
  }
  if (!last) throw new Error(`nothing is known of ${executionArn}`);
  return last;
}

/** The mystery that this platform is about: a child that has ended, and a parent that has not noticed. */
export const whyNoEnd = (last: Followed | undefined): readonly string[] =>
  last?.child && hasEnded(last.child)
    ? [
        `its child ended as ${last.child.status ?? ''}, and the parent does not notice: the target role may not describe it`,
        'see docs/runbooks/executions-timed-out.md',
      ]
    : [];
