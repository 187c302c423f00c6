import { signal } from '@preact/signals';

/** How the page stands to the server of the sandbox. */
export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** The server is not ready: it does this, for example `deploying wave dev`. */
  | { readonly kind: 'deploying'; readonly doing: string }
  /** Since a time of the real clock, in milliseconds since the epoch. */
  | { readonly kind: 'lost'; readonly since: number }
  /** The server wants another token. */
  | { readonly kind: 'unauthorized' }
  /** The server has models of another version. */
  | { readonly kind: 'outdated' };

export const connection = signal<Connection>({ kind: 'connecting' });
