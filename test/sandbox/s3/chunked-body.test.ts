import { describe, expect, test } from 'vitest';
import { dechunked } from '../../../sandbox/s3/chunked-body.ts';

/** The text in pieces of so many bytes, as a socket might deliver it. */
async function* inPieces(text: string, bytes: number): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(text);
  for (let at = 0; at < all.length; at += bytes) yield await Promise.resolve(all.subarray(at, at + bytes));
}

async function decode(text: string, bytes: number) {
  const trailers = new Map<string, string>();
  const pieces: Uint8Array[] = [];
  for await (const piece of dechunked(inPieces(text, bytes), trailers)) pieces.push(piece);
  return { body: Buffer.concat(pieces).toString(), trailers: Object.fromEntries(trailers) };
}

describe('an aws-chunked body', () => {
  const SENT = '5;chunk-signature=ab\r\nhe\r\no\r\nB\r\n wide\nworld\r\n0\r\nX-Amz-Checksum-Crc32:AAAA==\r\n\r\n';
  test.each([1, 2, 3, 7, 1000])('comes out whole when it arrives in pieces of %i bytes', async (bytes) => {
    expect(await decode(SENT, bytes)).toEqual({
      body: 'he\r\no wide\nworld',
      trailers: { 'x-amz-checksum-crc32': 'AAAA==' },
    });
  });

  test('may be empty', async () => {
    expect(await decode('0\r\n\r\n', 100)).toEqual({ body: '', trailers: {} });
  });

  test.each([
    ['that stops early', '5\r\nhel'],
    ['without an end', '5\r\nhello\r\n'],
    ['that is not chunked', 'hello\r\n'],
    ['with an endless line', 'a'.repeat(10_000)],
  ])('%s is refused', async (_, text) => {
    await expect(decode(text, 100)).rejects.toThrow('not aws-chunked');
  });
});
