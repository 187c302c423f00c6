import type { Snapshot } from '../../models/snapshot.ts';
import { type Asked, useAnswers } from './use-answer.ts';

export type Details = Readonly<Record<string, unknown>>;

const none: readonly never[] = [];

/** Details of events of an execution, by their ids: out of the file, or of the server. */
export function useEventDetails(
  models: Snapshot,
  execution: string,
  ids: readonly number[],
): Asked<ReadonlyMap<number, Details>> {
  // The server knows nothing of an import.
  const isLive = IS_SERVED && models.simulated;
  const asked = useAnswers<Details>('event', isLive ? ids.map((id) => ({ execution, id })) : undefined);
  if (!isLive) {
    const byId = models.details.find((each) => each.execution === execution)?.byId ?? none;
    const wanted = new Set(ids);
    return { kind: 'answered', answer: new Map(byId.filter(([id]) => wanted.has(id))) };
  }
  if (asked.kind !== 'answered') return asked;
  return { kind: 'answered', answer: new Map(ids.map((id, place) => [id, asked.answer[place] ?? {}])) };
}
