import type { CsvScanner } from './csv-scanner.ts';

/**
 * A column whose bytes seldom change from row to row. It reports each change, so that its text is decoded once per run
 * of equal rows.
 */
export class RepeatedField {
  readonly #bytes: Uint8Array;
  readonly #csv: CsvScanner;
  readonly #column: number;
  #start = 0;
  #length = -1;

  constructor(bytes: Uint8Array, csv: CsvScanner, column: number) {
    this.#bytes = bytes;
    this.#csv = csv;
    this.#column = column;
  }

  /** True if the column's bytes differ from those at the last call. */
  changed(): boolean {
    const start = this.#csv.starts[this.#column] ?? 0;
    const length = (this.#csv.ends[this.#column] ?? 0) - start;
    const same = length === this.#length && this.#sameBytes(start);
    this.#start = start;
    this.#length = length;
    return !same;
  }

  #sameBytes(start: number): boolean {
    const bytes = this.#bytes;
    for (let at = 0; at < this.#length; at += 1) {
      if (bytes[start + at] !== bytes[this.#start + at]) return false;
    }
    return true;
  }
}
