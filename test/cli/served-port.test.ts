import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { noteServed, servedBy } from '../../cli/local/served-port.ts';
import { temporaryDirectory } from './crosswind.ts';

const serving = (port: number) => ({ port, accounts: [{ id: '111111111111', region: 'us-east-1' }] });

describe('the sandbox that a clone serves', () => {
  test('is known while it is served, and not after', async () => {
    const root = temporaryDirectory();
    expect(await servedBy(root)).toBeUndefined();
    const note = await noteServed(root, serving(4_600));
    expect(await servedBy(root)).toEqual(serving(4_600));
    await note.remove();
    expect(await servedBy(root)).toBeUndefined();
  });

  test('is the one that was ready last, whose note an older one does not take away', async () => {
    const root = temporaryDirectory();
    const older = await noteServed(root, serving(4_600));
    const newer = await noteServed(root, serving(4_601));
    await older.remove();
    expect(await servedBy(root)).toEqual(serving(4_601));
    await newer.remove();
  });

  test('is not one of a process that died, nor what another program wrote', async () => {
    const root = temporaryDirectory();
    await noteServed(root, serving(4_600));
    const file = join(root, 'node_modules', '.cache', 'crosswind', 'served');
    const { pid } = spawnSync(process.execPath, ['--version']);
    for (const text of [`${pid} {"port":4600,"accounts":[]}\n`, `${process.pid} {x}\n`, 'x', '']) {
      writeFileSync(file, text);
      expect(await servedBy(root)).toBeUndefined();
    }
  });
});
