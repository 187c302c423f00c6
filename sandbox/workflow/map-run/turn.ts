import { childIdentity } from './children.ts';
import type { MapRunEffect, MapRunOutcome } from './protocol.ts';
import { resultFiles } from './result-files.ts';
import type { MapRunState, Tally } from './state.ts';

/** The working copy of a Map Run while it answers one event. */
export interface Turn {
  state: MapRunState;
  readonly at: number;
  readonly effects: MapRunEffect[];
}

export function change(turn: Turn, changes: Partial<MapRunState>): void {
  turn.state = { ...turn.state, ...changes };
}

export const failed = (error: string, cause?: string): MapRunOutcome => ({ status: 'FAILED', error, cause });

/** The outcome is decided: what runs is stopped, what there is gets written, and then the run ends. */
export function finish(turn: Turn, outcome: MapRunOutcome): void {
  stopChildren(turn);
  const { writer } = turn.state.spec;
  if (!writer) {
    end(turn, outcome);
    return;
  }
  change(turn, { phase: { kind: 'writing', outcome } });
  turn.effects.push({ kind: 'write-files', bucket: writer.bucket, files: resultFiles(turn.state, writer) });
}

export function end(turn: Turn, outcome: MapRunOutcome): void {
  change(turn, { phase: { kind: 'ended', outcome }, listing: false });
  turn.effects.push({ kind: 'ended', ...outcome });
}

export function stopChildren(turn: Turn): void {
  const { spec, started, ended, items, executions } = turn.state;
  const done = new Set([...ended].map(({ index }) => index));
  for (let index = 0; index < started.length; index++) {
    if (!done.has(index)) turn.effects.push({ kind: 'stop-child', index, ...childIdentity(spec, index) });
  }
  change(turn, { items: allAborted(items), executions: allAborted(executions) });
}

const allAborted = (tally: Tally): Tally => ({
  ...tally,
  ABORTED: tally.started - tally.SUCCEEDED - tally.FAILED - tally.TIMED_OUT,
});
