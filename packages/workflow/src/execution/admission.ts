import type { Transition } from './thread.ts';
import type { Turn } from './turn.ts';

/** True if the quota allows a state transition now. If not, its thread waits and makes it later. */
export function admitted(turn: Turn, transition: Transition): boolean {
  const due = turn.reserve(turn.at);
  if (due <= turn.at) return true;
  const timer = `transition-${transition.thread}`;
  turn.await(transition.thread, { kind: 'throttled', timer, transition: { ...transition, isAdmitted: true } });
  turn.emit({ kind: 'timer', timer, at: due });
  return false;
}
