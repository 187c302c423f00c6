import type { ConsoleContext } from '../console-context.ts';
import type { SectionReader } from '../section-reader.ts';

/** Reads what was broken or fixed. */
export function changesReader({ sandbox: { changes } }: ConsoleContext): SectionReader<'changes'> {
  let known = { count: 0, models: [...changes.all] };
  return () => {
    if (known.count !== changes.count || known.models.length !== changes.all.length)
      known = { count: changes.count, models: [...changes.all] };
    return known.models;
  };
}
