import type { Json } from '@crosswind/aws/json';
import { isTaskToken } from '@crosswind/workflow/execution/task-token';
import type { Simulation } from '@crosswind/workflow/clock/simulation';

/** Task that waits for the holder of its token. */
export interface AwaitedTask {
  /** Tokens that come from another account do not work (connect-to-resource). */
  readonly account: string;
  readonly succeed: (output: Json) => void;
  readonly fail: (error: string | undefined, cause: string | undefined) => void;
  readonly heartbeat: () => void;
}

export type FoundTask =
  | { readonly ok: true; readonly task: AwaitedTask }
  | {
      readonly ok: false;
      readonly code: 'InvalidToken' | 'TaskDoesNotExist' | 'TaskTimedOut';
      readonly message: string;
    };

/** The tasks of every account that wait for their token to come back. */
export class TaskTokens {
  readonly #simulation: Simulation;
  readonly #open = new Map<string, { readonly task: AwaitedTask; readonly resume: () => void }>();
  /** Accounts of the tasks that wait no more, by token. */
  readonly #closed = new Map<string, string>();

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
  }

  open(token: string, task: AwaitedTask): void {
    this.#open.set(token, { task, resume: this.#simulation.waitForOutside() });
  }

  /** Nobody waits for the token any more; a token that is not open stays as it is. */
  close(token: string): void {
    const known = this.#open.get(token);
    if (!known) return;
    this.#open.delete(token);
    this.#closed.set(token, known.task.account);
    known.resume();
  }

  /** The task of a token that somebody of the account sends. The messages are AWS's where they are known. */
  find(token: string, account: string): FoundTask {
    const known = this.#open.get(token)?.task;
    const owner = known?.account ?? this.#closed.get(token);
    if (!isTaskToken(token) || (owner !== undefined && owner !== account)) {
      return { ok: false, code: 'InvalidToken', message: "Invalid Token: 'Invalid token'" };
    }
    if (known) return { ok: true, task: known };
    return owner === undefined
      ? { ok: false, code: 'TaskDoesNotExist', message: "Task Does Not Exist: 'Provided task does not exist'" }
      : { ok: false, code: 'TaskTimedOut', message: "Task Timed Out: 'Provided task does not exist anymore'" };
  }
}
