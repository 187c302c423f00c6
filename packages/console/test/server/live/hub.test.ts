import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openHub } from '../../../src/server/live/hub.ts';
import { emptyRun } from '../../growing-run.ts';

/** Client that does not read, until it is sent away: it lacks more than two changes of half a megabyte. */
async function stalled() {
  let at = emptyRun.at;
  let reads = 0;
  const errors: unknown[] = [];
  const hub = openHub({
    limits: { entries: 2, characters: Infinity },
    interval: 1,
    onError: (error) => errors.push(error),
    source: {
      start: 'one',
      answers: {},
      actions: {},
      read: () => {
        at += 1;
        reads += 1;
        return Promise.resolve({ ...emptyRun, at, cut: [`${at} ${'x'.repeat(500_000)}`] });
      },
    },
  });
  const { id } = await hub.snapshot();
  const responses: ServerResponse[] = [];
  const server = createServer((_, response) => {
    responses.push(response);
    response.on('error', (error) => errors.push(error));
    hub.follow({ response, after: id, isHidden: false });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
  onTestFinished(async () => {
    socket.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  await expect.poll(() => responses[0]?.writableEnded, { timeout: 10_000 }).toBe(true);
  return { socket, errors, reads: () => reads };
}

test('a client that never reads is sent away: nothing is read or written for it any longer', async () => {
  const { errors, reads } = await stalled();
  const before = reads();
  await sleep(1_000);
  expect([reads(), errors]).toEqual([before, []]);
});

test('a client that reads too late learns that it has to read the models anew', async () => {
  const { socket, errors } = await stalled();
  let end = '';
  socket.on('data', (chunk) => (end = (end + chunk.toString('utf8')).slice(-100)));
  await expect.poll(() => end, { timeout: 5_000 }).toContain('event: reset\ndata: {}\n\n');
  expect(errors).toEqual([]);
});
