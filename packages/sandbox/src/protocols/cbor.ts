import { isArray, isObject, type Json } from '@crosswind/aws/json';
import type { FieldKinds } from './protocol.ts';

/** Levels of lists and maps that are read, far above those of any operation. */
const maximumDepth = 64;

const timestampTag = 1;

/** Thrown for bytes that are no CBOR (RFC 8949), or hold what JSON cannot. */
export class CborError extends Error {
  override readonly name = 'CborError';
}

/** The value that bytes hold; a timestamp becomes its seconds since the epoch. */
export function decodeCbor(bytes: Buffer): Json {
  const reader = new Reader(bytes);
  const value = reader.value(0);
  if (reader.isAtEnd()) return value;
  throw new CborError('expected one value, got more bytes after it');
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  value(depth: number): Json {
    if (depth > maximumDepth) throw new CborError(`expected at most ${maximumDepth} levels`);
    const first = this.#take(1).readUInt8();
    const [major, minor] = [first >> 5, first & 31];
    switch (major) {
      case 0:
        return Number(this.#argument(minor));
      case 1:
        return -1 - Number(this.#argument(minor));
      case 2:
        return this.#text(major, minor, 'base64');
      case 3:
        return this.#text(major, minor, 'utf8');
      case 4:
        return [...this.#repeated(minor, () => this.value(depth + 1))];
      case 5: {
        const entry = (): readonly [string, Json] => [this.#key(depth), this.value(depth + 1)];
        return Object.fromEntries(this.#repeated(minor, entry));
      }
      case 6:
        this.#argument(minor);
        return this.value(depth + 1);
      default:
        return this.#simple(minor);
    }
  }

  #key(depth: number): string {
    const key = this.value(depth + 1);
    if (typeof key === 'string') return key;
    throw new CborError(`expected text as a key, got ${JSON.stringify(key)}`);
  }

  /** As many items as the head says, or until the break of an indefinite length. */
  *#repeated<Item>(minor: number, item: () => Item): Generator<Item, void, undefined> {
    if (minor !== 31) {
      for (let left = Number(this.#argument(minor)); left > 0; left -= 1) yield item();
      return;
    }
    while (!this.#isBreak()) yield item();
  }

  #text(major: number, minor: number, encoding: 'base64' | 'utf8'): string {
    if (minor !== 31) return this.#take(Number(this.#argument(minor))).toString(encoding);
    const pieces: Buffer[] = [];
    while (!this.#isBreak()) {
      const first = this.#take(1).readUInt8();
      if (first >> 5 !== major) throw new CborError('expected pieces of one kind in a text');
      pieces.push(this.#take(Number(this.#argument(first & 31))));
    }
    return Buffer.concat(pieces).toString(encoding);
  }

  #simple(minor: number): Json {
    switch (minor) {
      case 20:
      case 21:
        return minor === 21;
      case 22:
      case 23:
        return null;
      case 25:
        return halfOf(this.#take(2).readUInt16BE());
      case 26:
        return this.#take(4).readFloatBE();
      case 27:
        return this.#take(8).readDoubleBE();
      default:
        throw new CborError(`expected false, true, null or a float, got the simple value ${minor}`);
    }
  }

  #argument(minor: number): number | bigint {
    if (minor < 24) return minor;
    if (minor === 24) return this.#take(1).readUInt8();
    if (minor === 25) return this.#take(2).readUInt16BE();
    if (minor === 26) return this.#take(4).readUInt32BE();
    if (minor === 27) return this.#take(8).readBigUInt64BE();
    throw new CborError(`expected a length or a value, got ${minor}`);
  }

  #isBreak(): boolean {
    if (this.#bytes[this.#at] !== 0xff) return false;
    this.#at += 1;
    return true;
  }

  #take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new CborError('expected more bytes, got the end');
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }
}

/** A float of 16 bits (RFC 8949, appendix D). */
function halfOf(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1_023];
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (fraction + 1_024) * 2 ** (exponent - 25);
}

/** A value as CBOR; the fields that are times carry the tag of a timestamp. */
export function encodeCbor(value: Json, kinds: Pick<FieldKinds, 'times'>, field = ''): Buffer {
  if (value === null) return Buffer.of(0xf6);
  if (typeof value === 'boolean') return Buffer.of(value ? 0xf5 : 0xf4);
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    return Buffer.concat([head(3, bytes.length), bytes]);
  }
  if (typeof value === 'number') {
    return kinds.times.has(field) ? Buffer.concat([head(6, timestampTag), double(value)]) : numberOf(value);
  }
  if (isArray(value)) {
    return Buffer.concat([head(4, value.length), ...value.map((item) => encodeCbor(item, kinds, field))]);
  }
  const entries = isObject(value) ? Object.entries(value) : [];
  const encoded = entries.flatMap(([name, item]) => [encodeCbor(name, kinds), encodeCbor(item, kinds, name)]);
  return Buffer.concat([head(5, entries.length), ...encoded]);
}

function numberOf(value: number): Buffer {
  if (!Number.isSafeInteger(value) || Math.abs(value) > 0xffff_ffff) return double(value);
  return value < 0 ? head(1, -1 - value) : head(0, value);
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(9, 0xfb);
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

function head(major: number, argument: number): Buffer {
  const type = major << 5;
  if (argument < 24) return Buffer.of(type | argument);
  const bytes = Buffer.alloc(argument < 0x100 ? 2 : argument < 0x1_0000 ? 3 : 5);
  bytes.writeUInt8(type | (bytes.length === 2 ? 24 : bytes.length === 3 ? 25 : 26));
  bytes.writeUIntBE(argument, 1, bytes.length - 1);
  return bytes;
}
