import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { artifactBytesOf } from '../../../policies/evidence/artifact-bytes.ts';

test('a directory that fits as it is counts as it is, and a larger one compressed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'crosswind-test-'));
  try {
    mkdirSync(join(directory, 'asset.1'));
    writeFileSync(join(directory, 'asset.1', 'index.mjs'), 'x'.repeat(3_000));
    writeFileSync(join(directory, 'manifest.json'), 'x'.repeat(2_000));
    expect(artifactBytesOf(directory)).toBe(5_000);
    truncateSync(join(directory, 'manifest.json'), 256 * 1_048_576);
    expect(artifactBytesOf(directory)).toBeLessThan(1_048_576);
    expect(artifactBytesOf(directory)).toBeGreaterThan(1_000);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
