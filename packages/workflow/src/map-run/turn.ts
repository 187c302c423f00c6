import type { Aside } from '../expressions/aside.ts';
import { childIdentity } from './children.ts';
import type { MapRunEffect, MapRunOutcome } from './protocol.ts';
import { dispatchedOf, itemsOf, tallied } from './dispatched.ts';
import { resultFiles } from './result-files.ts';
import { NOTHING_AGAIN } from './state.ts';
import type { MapRunState } from './state.ts';

/** The working copy of a Map Run while it answers one event. */
export interface Turn {
  state: MapRunState;
  readonly at: number;
  readonly aside: Aside;
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
  const { files, reported } = resultFiles(turn.state, writer);
  change(turn, { phase: { kind: 'writing', outcome, reported } });
  turn.effects.push({ kind: 'write-files', bucket: writer.bucket, files });
}

export function end(turn: Turn, outcome: MapRunOutcome): void {
  change(turn, { phase: { kind: 'ended', outcome }, listing: false });
  turn.effects.push({ kind: 'ended', ...outcome });
}

export function stopChildren(turn: Turn): void {
  const { state } = turn;
  const children = dispatchedOf(state);
  for (const [index, { end: ended }] of children.entries()) {
    if (!ended) turn.effects.push({ kind: 'stop-child', index, ...childIdentity(state.spec, index) });
  }
  // What waited for a redrive in vain counts as what it was before.
  change(turn, {
    again: NOTHING_AGAIN,
    items: tallied(children, (index) => itemsOf(state, index)),
    executions: tallied(children, () => 1),
  });
}
