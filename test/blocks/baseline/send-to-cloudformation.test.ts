import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { sendToCloudFormation } from '../../../blocks/baseline/send-to-cloudformation.ts';

/** Sends an answer to a server that replies with `status`, and returns what arrived there. */
async function sentTo(status: number) {
  const arrived: object[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      arrived.push({ method: request.method, url: request.url, type: request.headers['content-type'], body });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    await sendToCloudFormation(`http://127.0.0.1:${port}/answer?Signature=1`, '{"Status":"SUCCESS"}');
    return arrived;
  } finally {
    server.close();
  }
}

test('an answer is put to its address with the empty content type that CloudFormation has signed', async () => {
  expect(await sentTo(200)).toEqual([
    { method: 'PUT', url: '/answer?Signature=1', type: '', body: '{"Status":"SUCCESS"}' },
  ]);
});

test('an answer that is refused fails with the status', async () => {
  await expect(sentTo(403)).rejects.toThrow('CloudFormation refused the answer with status 403');
});
