const comma = 0x2c;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const quote = 0x22;

/** The problem of a text that ends inside of a quoted field. */
export const openQuote = 'a quote is never closed';

/** Walks the records of an RFC 4180 text byte by byte and notes where each field starts and ends; decodes nothing. */
export class CsvScanner {
  /** First byte of each field of the current record, without its quote. */
  starts = new Int32Array(32);
  /** One past the last byte of each field of the current record, without its quote. */
  ends = new Int32Array(32);
  /** Number of fields in the current record. */
  fields = 0;
  /** Number of the current record; the header is row 1. */
  row = 0;
  /** First byte of the current record. */
  start = 0;
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
    const { starts, ends } = this;
    const bytes = this.#bytes;
    const length = bytes.length;
    let at = this.#at;
    if (at >= length) return false;
    this.row += 1;
    this.start = at;
    for (let field = 0; ; field += 1) {
      if (field === starts.length) return this.#widen();
      if (bytes[at] === quote) {
        let end = nextQuote(bytes, at + 1);
        let after = bytes[end + 1];
        while (after === quote) {
          end = nextQuote(bytes, end + 2);
          after = bytes[end + 1];
        }
        starts[field] = at + 1;
        ends[field] = end;
        at = end + 1;
        if (end >= length) return this.#fail(openQuote);
      } else {
        const end = bareEnd(bytes, at);
        starts[field] = at;
        ends[field] = end;
        at = end;
        if (bytes[at] === quote) return this.#fail('a quote stands inside an unquoted field');
      }
      if (bytes[at] === comma) {
        at += 1;
        continue;
      }
      if (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed) at += 1;
      if (at < length && bytes[at] !== lineFeed) return this.#fail('text follows a closing quote');
      this.#at = at + 1;
      this.fields = field + 1;
      return true;
    }
  }

  /** True if the text ends inside of the current record: it has no line end, and begins no other one. */
  get isCutOff(): boolean {
    return !this.#bytes.includes(lineFeed, this.start);
  }

  /** True if the last field of the current record is empty, and has no quotes either. */
  get endsEmpty(): boolean {
    const last = this.fields - 1;
    return this.starts[last] === this.ends[last] && this.#bytes[(this.starts[last] ?? 0) - 1] === comma;
  }

  /** The text of a field of the current record, with doubled quotes undone. */
  text(field: number): string {
    return utf8.decode(this.#bytes.subarray(this.starts[field], this.ends[field])).replaceAll('""', '"');
  }

  /** Makes room for more fields, and reads the record again. */
  #widen(): boolean {
    this.starts = new Int32Array(2 * this.starts.length);
    this.ends = new Int32Array(2 * this.ends.length);
    this.row -= 1;
    return this.next();
  }

  #fail(problem: string): false {
    this.problem = `row ${this.row}: ${problem}`;
    this.#at = this.#bytes.length;
    return false;
  }
}

/** The next quote, or the end. Looks at four bytes a turn: the loop costs as much as a comparison. */
function nextQuote(bytes: Uint8Array, from: number): number {
  const length = bytes.length;
  let at = from;
  for (; at + 3 < length; at += 4) {
    if (bytes[at] === quote) return at;
    if (bytes[at + 1] === quote) return at + 1;
    if (bytes[at + 2] === quote) return at + 2;
    if (bytes[at + 3] === quote) return at + 3;
  }
  while (at < length && bytes[at] !== quote) at += 1;
  return at;
}

/** One past an unquoted field: its comma, its line end, a stray quote, or the end. */
function bareEnd(bytes: Uint8Array, from: number): number {
  const length = bytes.length;
  let at = from;
  while (at < length && bytes[at] !== comma && bytes[at] !== lineFeed && bytes[at] !== quote) at += 1;
  return at > from && bytes[at] === lineFeed && bytes[at - 1] === carriageReturn ? at - 1 : at;
}

const utf8 = new TextDecoder();

function hasByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
