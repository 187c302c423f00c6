import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { noteServedPort, servedPort } from '../../cli/local/served-port.ts';
import { temporaryDirectory } from './crosswind.ts';

describe('the port that a clone serves', () => {
  test('is known while it is served, and not after', async () => {
    const root = temporaryDirectory();
    expect(await servedPort(root)).toBeUndefined();
    const note = await noteServedPort(root, 4_600);
    expect(await servedPort(root)).toBe(4_600);
    await note.remove();
    expect(await servedPort(root)).toBeUndefined();
  });

  test('is that of the sandbox that was ready last, whose note an older one does not take away', async () => {
    const root = temporaryDirectory();
    const older = await noteServedPort(root, 4_600);
    const newer = await noteServedPort(root, 4_601);
    await older.remove();
    expect(await servedPort(root)).toBe(4_601);
    await newer.remove();
  });

  test('is not that of a process that died, nor what anybody else wrote', async () => {
    const root = temporaryDirectory();
    await noteServedPort(root, 4_600);
    const file = join(root, 'node_modules', '.cache', 'crosswind', 'served');
    const { pid } = spawnSync(process.execPath, ['--version']);
    for (const text of [`${pid} 4600\n`, 'x', '']) {
      writeFileSync(file, text);
      expect(await servedPort(root)).toBeUndefined();
    }
  });
});
