import { type IncomingMessage, createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { organizationsClient, readOrganization } from '../../onboarding/read-organization.ts';
import { inSandbox } from './organization-laboratories.ts';

const wanted = Array.from({ length: 45 }, (_, index) => ({
  name: `n${index}`,
  unit: index < 25 ? '' : 'Workloads/Dev',
}));

/** An endpoint in front of another one, which says of the second request that it is one too many. */
async function throttlingProxy(target: string): Promise<{ readonly url: string; readonly requests: () => number }> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    if (requests === 2) {
      request.resume();
      const error = { __type: 'TooManyRequestsException', Type: 'IP', Message: 'slow down' };
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(error));
      return;
    }
    const { method, url: path, headers } = request;
    const { hostname, port } = new URL(target);
    const answered = (answer: IncomingMessage): void => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    };
    request.pipe(forward({ hostname, port, method, path, headers }, answered));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => requests };
}

test('a client slows down when it is throttled, and tries ten times', async () => {
  const { config } = organizationsClient('us-east-1');
  expect(await config.maxAttempts()).toBe(10);
  expect(await (typeof config.retryMode === 'function' ? config.retryMode() : config.retryMode)).toBe('adaptive');
});

test.each([
  ['us-east-1', 'us-east-1'],
  ['eu-central-1', 'us-east-1'],
  ['cn-north-1', 'cn-northwest-1'],
  ['us-gov-east-1', 'us-gov-west-1'],
])('a client of a platform in %s asks in %s, where Organizations answers', async (region, home) => {
  expect(await organizationsClient(region).config.region()).toBe(home);
});

test('a client that is throttled waits and reads the whole organization', async () => {
  const { environment, ...organization } = await inSandbox(wanted);
  onTestFinished(() => organization.close());
  const proxy = await throttlingProxy(environment['AWS_ENDPOINT_URL'] ?? '');
  const client = organizationsClient('us-east-1', {
    endpoint: proxy.url,
    credentials: {
      accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
      sessionToken: environment['AWS_SESSION_TOKEN'],
    },
  });
  onTestFinished(() => {
    client.destroy();
  });
  // The management account is the 46th.
  expect((await readOrganization(client)).accounts).toHaveLength(46);
  expect(proxy.requests()).toBe(10);
});
