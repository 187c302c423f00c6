import { setTimeout } from 'node:timers/promises';
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { RunFailed } from '../failure.ts';
import { onInterrupt } from '../interrupt.ts';
import type { Io, Pace } from '../io.ts';
import type { Terminal } from '../terminal.ts';
import { type FollowProps, type Followed, follow, hasEnded } from './follow.ts';
import { progressLine } from './present.ts';

export interface WatchProps extends Pick<Io, 'signals' | 'exit' | 'aws'>, Omit<FollowProps, 'signal' | 'pace'> {
  readonly terminal: Terminal;
  /**
   * Minutes after which nobody waits any longer.
   *
   * @default - as long as it takes
   */
  readonly timeoutMinutes?: number;
  /** True to stop the run at the timeout. */
  readonly stopsAtTimeout: boolean;
}

const realPace: Pace = {
  wait: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
  timeout: (milliseconds) => AbortSignal.timeout(milliseconds),
};

/** Follows a run to its end. It goes on when the command is interrupted or gives up, which then says how to stop it. */
export async function watch(props: WatchProps): Promise<Followed> {
  const { clients, address, stages, executionArn, terminal, timeoutMinutes, stopsAtTimeout } = props;
  const { pace = realPace } = props.aws ?? {};
  const cleanUp = onInterrupt(props);
  let last: Followed | undefined;
  let isStopped = false;
  await cleanUp.use(
    Promise.resolve({
      remove: () => {
        if (!isStopped && !(last && hasEnded(last.entry))) terminal.note(howToStop(executionArn));
        return Promise.resolve();
      },
    }),
  );
  const deadline = timeoutMinutes === undefined ? [] : [pace.timeout(timeoutMinutes * 60_000)];
  try {
    const signal = AbortSignal.any([cleanUp.signal, ...deadline]);
    for await (const followed of follow({ clients, address, stages, executionArn, signal, pace })) {
      last = followed;
      terminal.progress(progressLine(followed));
    }
  } catch (error) {
    if (!deadline.some(({ aborted }) => aborted)) throw error;
    if (stopsAtTimeout) {
      await clients
        .of(stages[0]?.name ?? '')
        .send(new StopExecutionCommand({ executionArn, cause: 'it did not end in time' }));
      isStopped = true;
    }
    const ending = `no end after ${timeoutMinutes} minutes${isStopped ? ', so it was stopped' : ''}: ${executionArn}`;
    throw new RunFailed(
      [ending, ...whyNoEnd(last, new Map(stages.map(({ name, starts }) => [name, starts])))].join('\n'),
    );
  } finally {
    await cleanUp.now();
  }
  if (!last) throw new Error(`nothing is known of ${executionArn}`);
  return last;
}

const howToStop = (executionArn: string): string =>
  `it goes on; to stop it, with credentials of account ${executionArn.split(':')[4] ?? ''}: aws stepfunctions stop-execution --execution-arn ${executionArn}`;

/** The mystery that this platform is about: a workflow that has ended, and a caller that has not noticed. */
export function whyNoEnd(
  last: Followed | undefined,
  starts: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const stages = last?.stages ?? [];
  return stages.flatMap(({ stage: caller, execution }) => {
    if (!execution || hasEnded(execution)) return [];
    const ended = stages.filter(
      (called) => starts.get(caller)?.includes(called.stage) && called.execution && hasEnded(called.execution),
    );
    return ended.flatMap(({ stage, execution: unnoticed }) => [
      `its ${stage} ended as ${unnoticed?.status ?? ''}, and the ${caller} does not notice: the target role may not describe it`,
      'see docs/runbooks/executions-timed-out.md',
    ]);
  });
}
