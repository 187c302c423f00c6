import { countText } from './time-text.ts';
import type { ExecutionModel } from '../models/executions.ts';
import { claimsAbout, decisionsOf } from '../models/lookup.ts';
import type { Snapshot } from '../models/snapshot.ts';
import type { StateEntry } from './state-entries.ts';
import type { RowSpan } from './state-spans.ts';
import type { WaterfallRow } from './waterfall-row.ts';

/** Spans in which the time of a claim about being stuck is apart. */
export function withStuck(
  { verdicts, at }: Snapshot,
  { arn }: ExecutionModel,
  entry: StateEntry,
  spans: readonly RowSpan[],
): readonly RowSpan[] {
  const claim = claimsAbout(verdicts, arn).find((each) => each.claim.gravity === 'stuck')?.claim;
  const since = claim?.since ?? null;
  const end = entry.to ?? at;
  if (!claim || since === null || since < entry.from || since >= end) return spans;
  const until = Math.min(end, claim.until ?? end);
  return spans.flatMap((span): readonly RowSpan[] => {
    const cut = (kind: RowSpan['kind'], from: number, to: number): readonly RowSpan[] =>
      to > from ? [{ ...span, kind, from, to }] : [];
    return [
      // It worked until then, even if it failed in the end.
      ...cut(since < span.to ? 'running' : span.kind, span.from, Math.min(span.to, since)),
      ...cut('stuck', Math.max(span.from, since), Math.min(span.to, until)),
      ...cut(span.kind, Math.max(span.from, until), span.to),
    ];
  });
}

/** Denied calls that a claim about an execution rests on, below the state that was stuck or failed by them. */
export function deniedRows(
  { verdicts, decisions }: Snapshot,
  { arn }: ExecutionModel,
  row: WaterfallRow,
  depth: number,
): readonly WaterfallRow[] {
  if (!['stuck', 'failed', 'timed out'].includes(row.state)) return [];
  const verdict = claimsAbout(verdicts, arn).find(
    ({ claim: { since } }) => since !== null && since >= row.from && since < row.to,
  )?.verdict;
  if (!verdict) return [];
  return verdict.evidence.flatMap((item) => {
    if (item.kind !== 'decision') return [];
    return decisionsOf(decisions, item.id).map((group): WaterfallRow => ({
      ...{ key: `${row.key}\n${group.id}`, depth, kind: 'denied', execution: arn, label: group.action },
      ...{ type: 'Request', state: 'denied', from: group.first, to: group.last, spans: [], batches: [] },
      denied: group.seconds,
      areAllDenied: group.seconds.reduce((sum, [, count]) => sum + count, 0) >= group.times,
      event: null,
      note: `${group.isEstimated ? 'about ' : ''}${countText(group.times)} denied`,
    }));
  });
}
