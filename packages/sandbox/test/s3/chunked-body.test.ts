import { describe, expect, test } from 'vitest';
import { dechunked } from '../../src/s3/chunked-body.ts';
import { ChunkSignatures } from '../../src/signatures/chunk-signatures.ts';
import { scopeText, sha256, signatureOf, signingKey } from '../../src/signatures/signature.ts';

/** The text in pieces of so many bytes, as a socket might deliver it. */
async function* inPieces(text: string, bytes: number): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(text);
  for (let at = 0; at < all.length; at += bytes) yield await Promise.resolve(all.subarray(at, at + bytes));
}

async function decode(text: string, bytes: number, signatures?: ChunkSignatures) {
  const trailers = new Map<string, string>();
  const pieces: Uint8Array[] = [];
  for await (const piece of dechunked(inPieces(text, bytes), trailers, signatures)) pieces.push(piece);
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
    ['with endless trailers', `0\r\n${Array.from({ length: 17 }, (_, at) => `t${at}:x\r\n`).join('')}\r\n`],
  ])('%s is refused', async (_, text) => {
    await expect(decode(text, 100)).rejects.toThrow('not aws-chunked');
  });
});

/** The example of AWS: 65 KB of `a` in chunks of 64 KB ("Transferring payload in multiple chunks"). */
describe('a body in signed chunks', () => {
  const scope = { date: '20130524', region: 'us-east-1', service: 's3' };
  const seed = {
    key: signingKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', scope),
    timestamp: '20130524T000000Z',
    scope: scopeText(scope),
    signature: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  };
  const first = 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648';
  const second = '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497';
  const last = 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9';
  const sent = [
    `10000;chunk-signature=${first}\r\n${'a'.repeat(65_536)}\r\n`,
    `400;chunk-signature=${second}\r\n${'a'.repeat(1_024)}\r\n`,
    `0;chunk-signature=${last}\r\n\r\n`,
  ].join('');
  const decoded = (text: string, bytes = 10_000) => decode(text, bytes, new ChunkSignatures(seed));

  test.each([999, 10_000, 1_000_000])('comes out as it was signed, in pieces of %i bytes', async (bytes) => {
    expect((await decoded(sent, bytes)).body).toBe('a'.repeat(66_560));
  });

  test.each([
    ['with another byte', sent.replace('aaa', 'aba')],
    ['with a signature of another chunk', sent.replace(second, first)],
    ['without a signature', sent.replace(`;chunk-signature=${first}`, '')],
    ['without the signature of its end', sent.replace(`;chunk-signature=${last}`, '')],
  ])('is refused %s', async (_, text) => {
    await expect(decoded(text)).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
  });

  describe('and with a trailer', () => {
    const lines = 'x-amz-checksum-crc32:AAAA==\n';
    const text = ['AWS4-HMAC-SHA256-TRAILER', seed.timestamp, seed.scope, last, sha256(lines)].join('\n');
    const ending = (signature: string) => sent.replace(/\r\n$/, `x-amz-checksum-crc32:AAAA==\r\n${signature}\r\n`);
    const signed = `x-amz-trailer-signature:${signatureOf(seed.key, text)}\r\n`;

    test('comes out with it', async () => {
      const { trailers } = await decoded(ending(signed));
      expect(trailers).toHaveProperty('x-amz-checksum-crc32', 'AAAA==');
    });

    test.each([
      ['is not signed', ending('')],
      ['is another one', ending(signed).replace('AAAA==', 'AAAB==')],
    ])('is refused if that %s', async (_, sentSo) => {
      await expect(decoded(sentSo)).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
    });
  });
});
