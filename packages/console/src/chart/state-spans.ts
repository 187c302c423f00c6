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
  /** Id of the event that it began with. */
  readonly event: number;
}

/** Ends of an attempt that did not succeed. */
const failedAttempt = /(Failed|TimedOut)$/;

/**
 * Spans of one entry of a state: queued until its task starts, one for each attempt, waiting between them.
 * @param now end of what still goes on
 */
export function spansOf({ type, from, to, hasFailed, marks, event }: StateEntry, now: number): readonly RowSpan[] {
  const end = to ?? now;
  if (type === 'Wait') return [{ kind: 'waiting', from, to: end, attempt: 1, event }];
  const working: SpanKind = to === null ? 'running' : 'done';
  const spans: RowSpan[] = [];
  let kind: SpanKind = working;
  let since = from;
  let attempt = 1;
  let begun = event;
  const close = (until: number, as: SpanKind = kind): void => {
    if (until > since) spans.push({ kind: as, from: since, to: until, attempt, event: begun });
    since = until;
  };
  for (const { type: mark, at, id } of marks) {
    if (mark.endsWith('Scheduled')) {
      close(at);
      kind = 'queued';
    } else if (mark.endsWith('Started') && kind === 'queued') {
      close(at);
      kind = attempt > 1 ? 'retry' : working;
    } else if (failedAttempt.test(mark) && kind !== 'waiting') {
      close(at, 'failed');
      kind = 'waiting';
      attempt += 1;
    } else continue;
    begun = id;
  }
  // Nothing waits after the last attempt: the state failed with it, or its catcher was entered.
  if (kind !== 'waiting') close(end, hasFailed ? 'failed' : kind);
  return spans.length > 0 ? spans : [{ kind: hasFailed ? 'failed' : working, from, to: end, attempt: 1, event }];
}

/** A piece of a row in pixels, and the time that it represents. */
export interface DrawnSpan extends RowSpan {
  readonly x: number;
  readonly width: number;
}

/** Kinds that are drawn however short they are. */
const isNeverLost = (kind: SpanKind): boolean => kind === 'failed' || kind === 'stuck';

/**
 * Spans in pixels, given in the order of their starts. Those of one kind that touch each other become one, and what is below a pixel becomes a part of its
 * neighbor, except for what failed or was stuck.
 */
export function mergedSpans(spans: readonly RowSpan[], xOf: (time: number) => number): readonly DrawnSpan[] {
  const drawn: DrawnSpan[] = [];
  for (const each of spans) {
    const x = xOf(each.from);
    const span = { ...each, x, width: Math.max(0, xOf(each.to) - x) };
    const last = drawn.at(-1);
    const merged = last && mergedWith(last, span);
    if (merged) drawn[drawn.length - 1] = merged;
    else drawn.push(span);
  }
  return drawn;
}

function mergedWith(last: DrawnSpan, span: DrawnSpan): DrawnSpan | undefined {
  if (span.x - (last.x + last.width) >= 1) return undefined;
  const width = Math.max(last.x + last.width, span.x + span.width) - last.x;
  const time = { from: last.from, to: Math.max(last.to, span.to) };
  const areTiny = last.width < 1 && span.width < 1;
  if (last.kind === span.kind && (areTiny || last.attempt === span.attempt)) return { ...last, ...time, width };
  if (areTiny) return { ...(isNeverLost(span.kind) ? span : last), ...time, x: last.x, width };
  if (span.width < 1 && !isNeverLost(span.kind) && !isNeverLost(last.kind)) return { ...last, ...time, width };
  return last.width < 1 && !isNeverLost(last.kind) ? { ...span, ...time, x: last.x, width } : undefined;
}
