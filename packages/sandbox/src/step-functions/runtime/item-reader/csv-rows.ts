import { ReadingFailed } from './reading-failed.ts';

/** The most that one item may have before an item selector makes it smaller (input-output-itemreader). */
export const MAX_ITEM_CHARACTERS = 8 * 1024 * 1024;

type Position = 'start' | 'plain' | 'quoted' | 'after quote';

/**
 * Reads text that comes in pieces into rows of fields, by Step Functions' own rules for quotes and backslashes.
 * https://docs.aws.amazon.com/step-functions/latest/dg/example-csv-parse-dist-map.html
 */
export class CsvRows {
  readonly #delimiter: string;
  #rows: string[][] = [];
  #row: string[] = [];
  #field = '';
  #position: Position = 'start';
  #length = 0;
  #isEscaped = false;
  /** A quotation mark outside of quotes: one more makes it one that is kept. */
  #isQuote = false;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** The rows that this piece completes. */
  push(text: string): readonly (readonly string[])[] {
    for (const character of text) this.#take(character);
    return this.#taken();
  }

  /** The last row, if nothing ended it. */
  end(): readonly (readonly string[])[] {
    if (this.#row.length > 0 || this.#field !== '' || this.#position !== 'start') this.#endRow();
    return this.#taken();
  }

  #taken(): readonly (readonly string[])[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  #take(character: string): void {
    if (++this.#length > MAX_ITEM_CHARACTERS) throw new ReadingFailed('A row of the file is larger than 8 MB.');
    if (this.#isEscaped) {
      this.#isEscaped = false;
      this.#add(character);
    } else if (character === '\\') this.#isEscaped = true;
    else if (this.#position === 'quoted') this.#takeQuoted(character);
    else this.#takePlain(character);
  }

  #takeQuoted(character: string): void {
    if (character === '"') this.#position = 'after quote';
    else this.#field += character;
  }

  #takePlain(character: string): void {
    const wasQuote = this.#isQuote;
    this.#isQuote = false;
    if (character === '"') this.#quote(wasQuote);
    else if (character === this.#delimiter) this.#endField();
    else if (character === '\n') this.#endRow();
    else this.#add(character);
  }

  /** Two in a row are one that is kept, inside of quotes and out; otherwise one opens a field, or stands for itself. */
  #quote(wasQuote: boolean): void {
    if (this.#position === 'after quote') {
      this.#field += '"';
      this.#position = 'quoted';
    } else if (this.#position === 'start') this.#position = 'quoted';
    else if (!wasQuote) {
      this.#isQuote = true;
      this.#field += '"';
    }
  }

  #add(character: string): void {
    if (this.#position !== 'quoted') this.#position = 'plain';
    this.#field += character;
  }

  #endField(): void {
    this.#row.push(this.#field);
    this.#field = '';
    this.#position = 'start';
  }

  #endRow(): void {
    const isPlain = this.#position === 'plain' || this.#position === 'start';
    if (isPlain && this.#field.endsWith('\r')) this.#field = this.#field.slice(0, -1);
    const isBlank = isPlain && this.#row.length === 0 && this.#field === '';
    this.#endField();
    if (!isBlank) this.#rows.push(this.#row);
    this.#row = [];
    this.#length = 0;
  }
}
