import { expect, test } from 'vitest';
import { checksumOf, summing, type ChecksumAlgorithm } from '../../src/s3/checksum.ts';

/** The check values that catalogues of CRCs and hashes give for the text 123456789. */
test.each<[ChecksumAlgorithm, string]>([
  ['crc32', 'cbf43926'],
  ['crc32c', 'e3069283'],
  ['crc64nvme', 'ae8b14860a799888'],
  ['sha1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
  ['sha256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
])('%s of 123456789 is %s, at once and in pieces', (algorithm, expected) => {
  const { value } = checksumOf(algorithm, Buffer.from('123456789'));
  expect(Buffer.from(value, 'base64').toString('hex')).toBe(expected);
  const sum = summing(algorithm);
  for (const piece of ['1', '', '2345', '6789']) sum.update(Buffer.from(piece));
  expect(sum.digest().toString('hex')).toBe(expected);
});
