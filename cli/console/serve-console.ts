import { createHmac } from 'node:crypto';
import { servedPage } from '@crosswind/console/page/served-page';
import { consolePath, liveConsole } from '@crosswind/console/server/live-console';
import { stackOf } from '../failure.ts';
import type { ConsoleContext } from './console-context.ts';
import { firstSpeed } from './actions/clock.ts';
import { liveSource } from './live-source.ts';

export interface ServeConsoleProps {
  readonly context: ConsoleContext;
  /** Key of the clone's credentials. */
  readonly key: Buffer;
  readonly note: (line: string) => void;
}

export interface AnnounceConsoleProps extends Omit<ServeConsoleProps, 'context'> {
  readonly sandbox: Pick<ConsoleContext['sandbox'], 'answerFirst'>;
  /** Step of the deployment, for example `deploying wave dev`. */
  readonly doing: () => string;
}

/**
 * Serves the page at the endpoint of a sandbox.
 * @returns its link; the token is after `#`, so that no server ever sees it in an address
 */
export function serveConsole({ context, key, note }: ServeConsoleProps): string {
  const token = consoleToken(key);
  context.sandbox.simulation.setSpeed(firstSpeed);
  context.sandbox.answerFirst(
    liveConsole({
      source: liveSource(context),
      token,
      files: servedPage,
      onError: onPageError(note),
    }),
  );
  return `${context.sandbox.endpointUrl}${consolePath}#token=${token}`;
}

/** Answers for the page while the sandbox is deployed: it says what is being done, and asks again. */
export function announceConsole({ sandbox, key, doing, note }: AnnounceConsoleProps): void {
  sandbox.answerFirst(
    liveConsole({ source: { doing }, token: consoleToken(key), files: servedPage, onError: onPageError(note) }),
  );
}

const onPageError = (note: (line: string) => void) => (error: unknown) => {
  note(`the page failed, and goes on: ${stackOf(error)}`);
};

/** Derived from the key of the clone: a link works again after a restart. */
export const consoleToken = (key: Buffer): string =>
  createHmac('sha256', key).update('crosswind console').digest('base64url');
