import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** True if this machine has moto's server. */
export const hasMoto = spawnSync('moto_server', ['--help']).status === 0;

export interface MotoServer {
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

/** Starts moto's server on a free port and waits until it answers. */
export async function startMoto(): Promise<MotoServer> {
  const port = await freePort();
  const server = spawn('moto_server', ['-p', String(port)], { stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  await reachable(endpoint);
  return {
    endpoint,
    close: async () => {
      const ended = new Promise((resolve) => server.once('close', resolve));
      server.kill();
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function reachable(endpoint: string): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const answered = await fetch(`${endpoint}/moto-api/`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return;
    await sleep(200);
  }
  throw new Error(`moto_server does not answer at ${endpoint}`);
}
