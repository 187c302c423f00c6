import { recordLimits } from './run-record.ts';

/** Cuts what goes into a record, and says what was cut. */
export class Cuts {
  /** One sentence for each thing that was cut. */
  readonly said = new Set<string>();

  first<Item>(items: readonly Item[], most: number, what: string): Item[] {
    return this.#cut(items.length, items.slice(0, most), what, 'first');
  }

  /** @param all how many there were before */
  newest<Item>(items: readonly Item[], most: number, what: string, all = items.length): Item[] {
    return this.#cut(all, items.slice(-most), what, 'newest');
  }

  /**
   * The first and the last half.
   * @param dropped how many were in the middle before
   */
  ends<Item>(items: readonly Item[], most: number, what: string, dropped = 0): Item[] {
    const kept = items.length > most ? [...items.slice(0, most / 2), ...items.slice(-most / 2)] : [...items];
    return this.#cut(items.length + dropped, kept, what, 'first and last');
  }

  text(text: string, what: string, most: number = recordLimits.characters): string {
    if (text.length <= most) return text;
    this.said.add(`${what}: cut to ${most} characters`);
    return text.slice(0, most);
  }

  #cut<Item>(all: number, kept: Item[], what: string, which: string): Item[] {
    if (kept.length < all) this.said.add(`${what}: the ${which} ${kept.length} of ${all}`);
    return kept;
  }
}
