import type { StateEntry } from './state-entries.ts';

/** How a state spends its time. */
export type SpanKind = 'queued' | 'waiting' | 'running' | 'done' | 'retry' | 'failed' | 'stuck';

/** A piece of a row. */
export interface RowSpan {
  readonly kind: SpanKind;
  readonly from: number;
  /** The end, or the time of the data while it goes on. */
  readonly to: number;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
}

/** Ends of an attempt that did not succeed. */
const failedAttempt = /(Failed|TimedOut)$/;

/**
 * Spans of one entry of a state: queued until its task starts, one for each attempt, waiting between them.
 * @param now end of what still goes on
 */
export function spansOf({ type, from, to, hasFailed, marks }: StateEntry, now: number): readonly RowSpan[] {
  const end = to ?? now;
  if (type === 'Wait') return [{ kind: 'waiting', from, to: end, attempt: 1 }];
  const working: SpanKind = to === null ? 'running' : 'done';
  const spans: RowSpan[] = [];
  let kind: SpanKind = working;
  let since = from;
  let attempt = 1;
  const close = (until: number, as: SpanKind = kind): void => {
    if (until > since) spans.push({ kind: as, from: since, to: until, attempt });
    since = until;
  };
  for (const { type: event, at } of marks) {
    if (event.endsWith('Scheduled')) {
      close(at);
      kind = 'queued';
    } else if (event.endsWith('Started') && kind === 'queued') {
      close(at);
      kind = attempt > 1 ? 'retry' : working;
    } else if (failedAttempt.test(event) && kind !== 'waiting') {
      close(at, 'failed');
      kind = 'waiting';
      attempt += 1;
    }
  }
  // Nothing waits after the last attempt: the state failed with it, or its catcher was entered.
  if (kind !== 'waiting') close(end, hasFailed ? 'failed' : kind);
  return spans.length > 0 ? spans : [{ kind: hasFailed ? 'failed' : working, from, to: end, attempt: 1 }];
}

/** A piece of a row in pixels. */
export interface DrawnSpan {
  readonly kind: SpanKind;
  readonly attempt: number;
  readonly x: number;
  readonly width: number;
}

/** Order in which a kind wins over another one that is drawn at the same pixel: a failure is never lost. */
const winners: readonly SpanKind[] = ['failed', 'stuck', 'retry', 'running', 'done', 'waiting', 'queued'];

/** Spans in pixels; those of the same kind that touch each other, and those below a pixel, become one. */
export function mergedSpans(spans: readonly RowSpan[], xOf: (time: number) => number): readonly DrawnSpan[] {
  const drawn: DrawnSpan[] = [];
  for (const { kind, attempt, from, to } of [...spans].sort((one, other) => one.from - other.from)) {
    const x = xOf(from);
    const width = Math.max(0, xOf(to) - x);
    const last = drawn.at(-1);
    const isTiny = width < 1 && last !== undefined && last.width < 1;
    if (last && x - (last.x + last.width) < 1 && (isTiny || (last.kind === kind && last.attempt === attempt))) {
      const winner = winners.indexOf(last.kind) <= winners.indexOf(kind) ? last.kind : kind;
      drawn[drawn.length - 1] = { ...last, kind: winner, width: Math.max(last.x + last.width, x + width) - last.x };
    } else {
      drawn.push({ kind, attempt, x, width });
    }
  }
  return drawn;
}
