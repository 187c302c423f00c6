import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { cloneWaivers } from '../../policies/clone-waivers.ts';
import { shippedPlatform } from '../synthesized.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const waiver = (reason: string): string =>
  `waivers: [{ rule: A-1, path: '*', reason: ${reason}, owner: team, reviewAt: 1.0.0 }]\n`;

/** A clone with these files. */
function cloneWith(files: Readonly<Record<string, string | Uint8Array>>): Clone {
  const root = temporaryDirectory();
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return { root, services: 'elsewhere' };
}

const [tenant] = shippedPlatform.tenants;
const ofWorkload = `elsewhere/${tenant?.workload ?? ''}/waivers.yaml`;

describe('the waivers of a clone', () => {
  test('are its own, and those of its workloads for their placements', () => {
    const clone = cloneWith({
      'policies/waivers.yaml': waiver('what the clone accepts'),
      [ofWorkload]: waiver('what the workload accepts'),
      'elsewhere/idle/waivers.yaml': waiver('what nobody deploys here'),
    });
    const { waivers, problems } = cloneWaivers(clone, shippedPlatform);
    expect(problems).toEqual([]);
    expect(waivers.map(({ reason, place, within }) => [reason, place, within])).toEqual([
      ['what the clone accepts', 'policies/waivers.yaml:1:11', undefined],
      [
        'what the workload accepts',
        `${ofWorkload}:1:11`,
        [`Crosswind/dev-${tenant?.name ?? ''}/`, `Crosswind/prod-${tenant?.name ?? ''}/`],
      ],
    ]);
  });

  test('may be none', () => {
    expect(cloneWaivers(cloneWith({}), shippedPlatform)).toEqual({ waivers: [], problems: [] });
  });

  test.each([
    ['policies/waivers.yaml', 'latin1', '1:69 the file is not in UTF-8, perhaps in Windows-1252 (got the byte 0xfc'],
    [ofWorkload, 'utf16le', '1:1 the file is not in UTF-8, but in UTF-16 or UTF-32'],
  ] as const)('in %s are refused in %s, and read in UTF-8', (file, encoding, problem) => {
    const text = waiver('why this is no danger to Zürich');
    const { problems } = cloneWaivers(cloneWith({ [file]: Buffer.from(text, encoding) }), shippedPlatform);
    expect(problems).toEqual([expect.stringContaining(`${file}:${problem}`)]);
    const read = cloneWaivers(cloneWith({ [file]: text }), shippedPlatform);
    expect(read.waivers).toMatchObject([{ reason: 'why this is no danger to Zürich' }]);
  });

  test('that are wrong are named by their place in the clone', () => {
    const { problems } = cloneWaivers(cloneWith({ [ofWorkload]: waiver('why not') }), shippedPlatform);
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${ofWorkload}:1:\\d+ .*reason.*why not`))]);
  });
});
