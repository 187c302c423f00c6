import { spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { cloneAt } from '../../blocks/discover-workloads.ts';
import { credentialsCommand } from '../../cli/commands/credentials.ts';
import { noteServed, servedBy } from '../../cli/local/served-port.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const serving = (port: number) => ({
  port,
  accounts: [{ id: '111111111111', region: 'us-east-1' }],
  roles: { '111111111111': ['crosswind-sandbox-operator', 'machine'] },
});
const platformAt = (port: number) => ({ port, accounts: [], roles: {} });

/** A port that something listens at until the test ends. */
async function openPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A port that nothing listens at. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('the sandbox that a clone serves', () => {
  test('is known while it is served, and not after', async () => {
    const root = temporaryDirectory();
    const port = await openPort();
    expect(await servedBy(root)).toBeUndefined();
    const note = await noteServed(root, serving(port));
    expect(await servedBy(root)).toEqual(serving(port));
    await note.remove();
    expect(await servedBy(root)).toBeUndefined();
  });

  test('is known as it is now, until it is served no more', async () => {
    const root = temporaryDirectory();
    const port = await openPort();
    const note = await noteServed(root, serving(port));
    const later = { ...serving(port), roles: { '111111111111': ['deployer'] } };
    note.update(later);
    expect(await servedBy(root)).toEqual(later);
    await note.remove();
    note.update(later);
    expect(await servedBy(root)).toBeUndefined();
  });

  test('is the one at the port that is asked for', async () => {
    const root = temporaryDirectory();
    const ports = [await openPort(), await openPort()];
    for (const port of ports) await noteServed(root, serving(port));
    for (const port of ports) expect(await servedBy(root, port)).toEqual(serving(port));
    expect(await servedBy(root, 1)).toBeUndefined();
  });

  test('is to be named while there are several', async () => {
    const root = temporaryDirectory();
    const [app = 0, platform = 0] = [await openPort(), await openPort()].sort((one, other) => one - other);
    await noteServed(root, serving(app));
    const note = await noteServed(root, platformAt(platform));
    await expect(servedBy(root)).rejects.toThrow(
      [
        'this clone serves 2 sandboxes; expected --port with one of them:',
        `  --port ${app}  111111111111`,
        `  --port ${platform}  the platform`,
      ].join('\n'),
    );
    await note.remove();
    expect(await servedBy(root)).toEqual(serving(app));
  });

  test('is the only one that still takes connections', async () => {
    const root = temporaryDirectory();
    const port = await openPort();
    await noteServed(root, serving(await closedPort()));
    expect(await servedBy(root)).toBeUndefined();
    await noteServed(root, serving(port));
    expect(await servedBy(root)).toEqual(serving(port));
  });

  test('is the one that was ready last at its port, whose note an older one does not take away', async () => {
    const root = temporaryDirectory();
    const port = await openPort();
    const older = await noteServed(root, platformAt(port));
    await noteServed(root, serving(port));
    await older.remove();
    expect(await servedBy(root)).toEqual(serving(port));
  });

  test('is not one of a process that died, nor what another program wrote; the next one removes such notes', async () => {
    const root = temporaryDirectory();
    const [port, next] = [await openPort(), await openPort()];
    await noteServed(root, serving(port));
    const directory = join(root, 'node_modules', '.cache', 'crosswind', 'served-ports');
    const { pid } = spawnSync(process.execPath, ['--version']);
    expect(await servedBy(root)).toBeDefined();
    for (const text of [`${pid} {"port":${port},"accounts":[]}\n`, `${process.pid} {x}\n`, 'x', '']) {
      writeFileSync(join(directory, String(port)), text);
      expect(await servedBy(root)).toBeUndefined();
      await (await noteServed(root, serving(next))).remove();
      expect(readdirSync(directory)).toEqual([]);
    }
  });
});

async function printed(root: string, ...args: readonly string[]): Promise<string> {
  let text = '';
  const write = (part: string) => (text += part);
  const io = { stdout: { write }, stderr: { write }, signals: new EventEmitter(), exit: () => undefined };
  await credentialsCommand(io, cloneAt(root)).parseAsync(['111111111111', ...args], { from: 'user' });
  return text;
}

test('crosswind credentials finds an account in the app that is served at the port', async () => {
  const root = temporaryDirectory();
  const regions = { [await openPort()]: 'eu-west-1', [await openPort()]: 'us-west-2' };
  for (const [port, region] of Object.entries(regions)) {
    const accounts = [{ id: '111111111111', region }];
    await noteServed(root, { ...serving(Number(port)), accounts });
  }
  for (const [port, region] of Object.entries(regions)) {
    const text = await printed(root, '--port', port);
    expect(text).toContain(`AWS_REGION=${region}\n`);
    expect(text).toContain(`AWS_ENDPOINT_URL=http://127.0.0.1:${port}`);
  }
  await expect(printed(root)).rejects.toThrow('this clone serves 2 sandboxes');
});

test('crosswind credentials lists the roles of the account for one that it does not have', async () => {
  const root = temporaryDirectory();
  await noteServed(root, serving(await openPort()));
  await expect(printed(root, 'machin')).rejects.toThrow(
    [
      'account "111111111111" of the sandbox has no role "machin" (did you mean "machine"?); expected one of these:',
      '  crosswind-sandbox-operator',
      '  machine',
    ].join('\n'),
  );
  expect(await printed(root, 'machine')).toContain('AWS_ACCESS_KEY_ID=');
});
