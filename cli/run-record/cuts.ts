import { recordLimits } from './run-record.ts';

/** Cuts what goes into a record, and says what was cut. */
export class Cuts {
  /** One sentence for each thing that was cut. */
  readonly said = new Set<string>();

  first<Item>(items: readonly Item[], most: number, what: string): Item[] {
    return this.#cut(items, items.slice(0, most), what, 'first');
  }

  newest<Item>(items: readonly Item[], most: number, what: string): Item[] {
    return this.#cut(items, items.slice(-most), what, 'newest');
  }

  /** The first and the last half. */
  ends<Item>(items: readonly Item[], most: number, what: string): Item[] {
    const kept = items.length > most ? [...items.slice(0, most / 2), ...items.slice(-most / 2)] : [...items];
    return this.#cut(items, kept, what, 'first and last');
  }

  text(text: string, what: string): string {
    if (text.length <= recordLimits.characters) return text;
    this.said.add(`${what}: cut to ${recordLimits.characters} characters`);
    return text.slice(0, recordLimits.characters);
  }

  #cut<Item>(all: readonly Item[], kept: Item[], what: string, which: string): Item[] {
    if (kept.length < all.length) this.said.add(`${what}: the ${which} ${kept.length} of ${all.length}`);
    return kept;
  }
}
