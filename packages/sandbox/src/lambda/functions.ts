import type { FunctionResource } from '@crosswind/assembly/functions';
import type { RolePrincipal } from '../iam/sessions.ts';
import type { Begin } from '@crosswind/workflow/clock/simulation';
import type { Disturbance } from './disturbance.ts';
import type { ThrottleReason } from './function-concurrency.ts';
import type { LoggedResult } from './logged-result.ts';

/** Lambda as everything else sees it: functions that run, or models of them. */
export interface Functions {
  has(functionArn: string): boolean;
  /** The function as it is now; undefined where there is none. */
  get(functionArn: string): FunctionResource | undefined;
  /** Adds a function that runs with `session`, or changes it: invocations that run end with the code they began with. */
  add(fn: FunctionResource, session: RolePrincipal): void;
  /** Removes a function, if it is there; invocations that run end. */
  remove(functionArn: string): void;
  /** Runs the function with an event (JSON) outside of virtual time and of every quota; `begin` is called when it starts. */
  invoke(functionArn: string, event: string, begin: Begin): Promise<LoggedResult>;
  /** Invokes the function with an event (JSON) in virtual time; `done` hears how that ended, throttling included. */
  start(functionArn: string, event: string, done: (result: LoggedResult) => void): void;
  /** Disturbs each invocation of a function from now on; undefined ends that. A model is not disturbed. */
  disturb(functionArn: string, disturbance: Disturbance | undefined): void;
  /** Kills an environment that runs now, if there is one: `choose` picks it by its place among so many. */
  kill(choose: (running: number) => number): boolean;
  end(): void;
}

/** Result of an invocation that Lambda throttles. */
export const throttledResult = (reason: ThrottleReason): LoggedResult => ({
  ok: false,
  error: { errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.' },
  log: '',
  throttled: reason,
});
