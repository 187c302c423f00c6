import type { Signal } from './signal.ts';

/** A signal with the alarm that it becomes. */
export interface NamedSignal {
  /**
   * Name of the alarm. It stays, so that an alarm that changes is the same one: its history, what mutes it, and what people
   * have written about it.
   */
  readonly alarmName: string;
  readonly signal: Signal;
  /** Region of what it watches, and of its alarm. */
  readonly region: string;
  /** Place that is watched, as people call it: an account, or the fleet. */
  readonly place: string;
  /** Address of the runbook. */
  readonly runbookUrl: string;
}

/** Address of a runbook in the repository, by the folder that it is in. */
export const runbookUrl = (branchUrl: string, { runbook }: Pick<Signal, 'runbook'>, folder = 'docs/runbooks'): string =>
  `${branchUrl}/${folder}/${runbook}.md`;
