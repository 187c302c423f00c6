import { clockText } from '../../chart/time-text.ts';
import { type Connection, connection } from './connection.ts';

/** Says in words that what the page shows may be old; nothing while it is live. */
export function ConnectionNote() {
  const { kind } = connection.value;
  const sentence = sentenceOf(connection.value);
  // What a deployment does changes often: it must not interrupt a screen reader.
  return sentence === undefined ? null : (
    <p class="connection" role={kind === 'deploying' ? 'status' : 'alert'}>
      {sentence}
    </p>
  );
}

/** Title and sentence of a page that has nothing to show yet. */
export function connectionTitle({ kind }: Connection): string {
  switch (kind) {
    case 'connecting':
    case 'live':
      return 'Connecting to the sandbox';
    case 'deploying':
      return 'The sandbox is being deployed';
    case 'lost':
      return 'The sandbox does not answer';
    case 'unauthorized':
      return 'This page needs the link with the token';
    case 'outdated':
      return 'The server has another version';
  }
}

/** Sentence about the connection and what to do; undefined while nothing is wrong. */
export function sentenceOf(of: Connection): string | undefined {
  switch (of.kind) {
    case 'deploying':
      return `The sandbox is not ready yet: ${of.doing}. This page goes on by itself when it is.`;
    case 'lost':
      return `The sandbox has not answered since ${clockText(of.since)} UTC of this machine's clock. This page tries again, and what it knew stays here.`;
    case 'unauthorized':
      return 'The server does not know the token of this page. Open the link that npx crosswind console printed; start the command again to see it.';
    case 'outdated':
      return 'The server was started with another version of this page: load the page anew.';
    case 'connecting':
    case 'live':
      return undefined;
  }
}
