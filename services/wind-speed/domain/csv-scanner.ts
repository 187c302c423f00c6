const comma = 0x2c;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const quote = 0x22;

/** Walks the records of an RFC 4180 text byte by byte and notes where each field starts and ends; decodes nothing. */
export class CsvScanner {
  /** First byte of each field of the current record, without its quote. */
  readonly starts: number[] = [];
  /** One past the last byte of each field of the current record, without its quote. */
  readonly ends: number[] = [];
  /** Number of fields in the current record. */
  fields = 0;
  /** Number of the current record; the header is row 1. */
  row = 0;
  /** Why the scan stopped before the end of the text. */
  problem: string | undefined;

  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#at = hasByteOrderMark(bytes) ? 3 : 0;
  }

  /** Moves to the next record; false at the end of the text and at a problem. */
  next(): boolean {
    const bytes = this.#bytes;
    const length = bytes.length;
    let at = this.#at;
    if (at >= length) return false;
    this.row += 1;
    for (let field = 0; ; field += 1) {
      if (bytes[at] === quote) {
        at = this.#quoted(field, at + 1);
        if (at < 0) return this.#fail('a quote is never closed');
      } else {
        at = this.#unquoted(field, at);
        if (bytes[at] === quote) return this.#fail('a quote stands inside an unquoted field');
      }
      if (bytes[at] === comma) {
        at += 1;
      } else if (at >= length || bytes[at] === lineFeed) {
        this.#at = at + 1;
        this.fields = field + 1;
        return true;
      } else {
        return this.#fail('text follows a closing quote');
      }
    }
  }

  /** The text of a field of the current record, with doubled quotes undone. */
  text(field: number): string {
    return utf8.decode(this.#bytes.subarray(this.starts[field], this.ends[field])).replaceAll('""', '"');
  }

  /** Notes the field whose content starts at `start`; answers what follows its closing quote and CR, or -1. */
  #quoted(field: number, start: number): number {
    const bytes = this.#bytes;
    const length = bytes.length;
    let at = start;
    for (;;) {
      while (at < length && bytes[at] !== quote) at += 1;
      if (at >= length) return -1;
      if (bytes[at + 1] !== quote) break;
      at += 2;
    }
    this.starts[field] = start;
    this.ends[field] = at;
    return bytes[at + 1] === carriageReturn && bytes[at + 2] === lineFeed ? at + 2 : at + 1;
  }

  /** Notes the field that starts at `start`; answers the comma, line feed, stray quote or end behind it. */
  #unquoted(field: number, start: number): number {
    const bytes = this.#bytes;
    const length = bytes.length;
    let at = start;
    while (at < length && bytes[at] !== comma && bytes[at] !== lineFeed && bytes[at] !== quote) at += 1;
    this.starts[field] = start;
    this.ends[field] = at > start && bytes[at] === lineFeed && bytes[at - 1] === carriageReturn ? at - 1 : at;
    return at;
  }

  #fail(problem: string): false {
    this.problem = `row ${this.row}: ${problem}`;
    this.#at = this.#bytes.length;
    return false;
  }
}

const utf8 = new TextDecoder();

function hasByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
