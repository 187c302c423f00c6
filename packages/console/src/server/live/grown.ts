import type { BatchColumns } from '../../models/batches.ts';
import type { EventColumns } from '../../models/events.ts';
import { noEvents } from '../../models/patches/apply.ts';
import { batchTuples, headOf } from '../../models/patches/batch-tuples.ts';
import type { ChangedBatch, Patch, SectionPatch } from '../../models/patches/patch.ts';
import type { Sections } from '../../models/sections.ts';
import { batchColumns } from '../batch-columns.ts';
import { columnsFrom } from '../event-columns.ts';
import type { SourceExecution, SourceMapRun } from '../source.ts';

/** The events that an execution has had since: a history only grows. */
export function eventsPatch(known: EventColumns | undefined, execution: SourceExecution): readonly Patch[] {
  const { executionArn, events } = execution;
  const before = known ?? noEvents(executionArn);
  if (events.length <= before.total) return [];
  return [{ kind: 'events', more: { execution: executionArn, ...columnsFrom(events, before.total, before) } }];
}

/** The batches of a Map Run that are new or otherwise than before. */
export function batchesPatch(
  before: BatchColumns | undefined,
  executionArn: string,
  mapRun: SourceMapRun,
): readonly Patch[] {
  const now = batchColumns(executionArn, mapRun);
  const known = new Map((before ? batchTuples(before) : []).map((batch) => [batch[0], batch]));
  const batches = batchTuples(now).filter((batch) => {
    const old = known.get(batch[0]);
    return !old || !areSame(old, batch);
  });
  const head = headOf(now);
  if (before && batches.length === 0 && JSON.stringify(headOf(before)) === JSON.stringify(head)) return [];
  return [{ kind: 'batches', changed: { head, batches } }];
}

const areSame = (one: ChangedBatch, other: ChangedBatch): boolean =>
  one.every((value, place) => value === other[place]);

/** Sections whose readers gave another object. */
export const sectionPatches = (before: Sections, now: Sections): readonly SectionPatch[] =>
  (Object.keys(now) as (keyof Sections)[]).flatMap((name) =>
    before[name] === now[name] ? [] : [{ kind: 'section', name, value: now[name] } as SectionPatch],
  );
