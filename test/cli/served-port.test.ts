import { spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cloneAt } from '../../blocks/discover-workloads.ts';
import { credentialsCommand } from '../../cli/commands/credentials.ts';
import { noteServed, servedBy } from '../../cli/local/served-port.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

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

  test('is the one at the port that is asked for', async () => {
    const root = temporaryDirectory();
    for (const port of [4_600, 4_601]) await noteServed(root, serving(port));
    expect(await servedBy(root, 4_600)).toEqual(serving(4_600));
    expect(await servedBy(root, 4_601)).toEqual(serving(4_601));
    expect(await servedBy(root, 4_602)).toBeUndefined();
  });

  test('is to be named while there are several', async () => {
    const root = temporaryDirectory();
    await noteServed(root, serving(4_600));
    const platform = await noteServed(root, { port: 999, accounts: [] });
    await expect(servedBy(root)).rejects.toThrow(
      [
        'this clone serves 2 sandboxes; expected --port with one of them:',
        '  --port 999  the platform',
        '  --port 4600  111111111111',
      ].join('\n'),
    );
    await platform.remove();
    expect(await servedBy(root)).toEqual(serving(4_600));
  });

  test('is the one that was ready last at its port, whose note an older one does not take away', async () => {
    const root = temporaryDirectory();
    const older = await noteServed(root, { port: 4_600, accounts: [] });
    await noteServed(root, serving(4_600));
    await older.remove();
    expect(await servedBy(root)).toEqual(serving(4_600));
  });

  test('is not one of a process that died, nor what another program wrote', async () => {
    const root = temporaryDirectory();
    await noteServed(root, serving(4_600));
    const file = join(root, 'node_modules', '.cache', 'crosswind', 'served-ports', '4600');
    const { pid } = spawnSync(process.execPath, ['--version']);
    expect(await servedBy(root)).toBeDefined();
    for (const text of [`${pid} {"port":4600,"accounts":[]}\n`, `${process.pid} {x}\n`, 'x', '']) {
      writeFileSync(file, text);
      expect(await servedBy(root)).toBeUndefined();
    }
  });
});

test('crosswind credentials finds an account in the app that is served at the port', async () => {
  const root = temporaryDirectory();
  const regions = { 4_600: 'eu-west-1', 4_601: 'us-west-2' };
  for (const [port, region] of Object.entries(regions)) {
    await noteServed(root, { port: Number(port), accounts: [{ id: '111111111111', region }] });
  }
  const printed = async (...args: readonly string[]): Promise<string> => {
    let text = '';
    const write = (part: string) => (text += part);
    const io = { stdout: { write }, stderr: { write }, signals: new EventEmitter(), exit: () => undefined };
    await credentialsCommand(io, cloneAt(root)).parseAsync(['111111111111', ...args], { from: 'user' });
    return text;
  };
  for (const [port, region] of Object.entries(regions)) {
    const text = await printed('--port', port);
    expect(text).toContain(`AWS_REGION=${region}\n`);
    expect(text).toContain(`AWS_ENDPOINT_URL=http://127.0.0.1:${port}`);
  }
  await expect(printed()).rejects.toThrow('this clone serves 2 sandboxes');
});
