import type { Actor } from './permissions.ts';

/** Who asks for an operation, and how. */
export interface Request {
  /** Undefined if nobody acts, so that nothing is denied. */
  readonly actor: Actor | undefined;
  readonly requestToken?: string;
  /** @default false */
  readonly deletesNew?: boolean;
  /**
   * True if early validation looks at what is wanted before the operation begins on any resource.
   *
   * @default false
   */
  readonly isValidated?: boolean;
}
