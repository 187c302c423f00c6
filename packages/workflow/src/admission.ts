import type { Job, Turn } from './turn.ts';

/** Tells from when on an execution may make its next state transition, given the time; who asks has claimed it. */
export type Reserve = (at: number) => number;

/** For executions that nothing holds up: Express ones, and those without an account. */
export const unlimited: Reserve = (at) => at;

/** A job that is a state transition: a state that is entered, or tried again. */
export type Transition = Extract<Job, { readonly kind: 'enter' | 'begin' }>;

/** Whether a state transition may be made now; if not, its thread waits, and makes it later. */
export function admitted(turn: Turn, transition: Transition): boolean {
  const due = turn.reserve(turn.at);
  if (due <= turn.at) return true;
  const timer = `transition-${transition.thread}`;
  turn.await(transition.thread, { kind: 'throttled', timer, transition: { ...transition, isAdmitted: true } });
  turn.emit({ kind: 'timer', timer, at: due });
  return false;
}
