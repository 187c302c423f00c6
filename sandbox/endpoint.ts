import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One of the simulated services behind the endpoint. */
export interface Service {
  /** Whether a request is for this service, by what its protocol puts into method, path and headers. */
  readonly handles: (request: IncomingMessage) => boolean;
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

export interface Endpoint {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string;
  close(): Promise<void>;
}

/** One port on loopback that answers for all services; the first that handles a request answers it. */
export async function openEndpoint(services: readonly Service[]): Promise<Endpoint> {
  const server = createServer((request, response) => {
    const service = services.find(({ handles }) => handles(request));
    if (service) service.answer(request, response).catch(endWith(response));
    else response.writeHead(501).end(`the sandbox has no service for ${request.method ?? ''} ${request.url ?? ''}`);
  });
  const url = await listen(server);
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, close };
}

/** A request that a service breaks on ends, and nothing else does: the other clients are served on. */
const endWith =
  (response: ServerResponse) =>
  (error: unknown): void => {
    if (response.headersSent) response.destroy();
    else response.writeHead(500).end(`the sandbox failed: ${String(error)}`);
  };

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The service that a request is signed for (`Credential=…/date/region/service/aws4_request`). */
export function signedFor({ headers }: IncomingMessage): string | undefined {
  return /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1];
}

/** The access key id, the session token and the region that a request is signed with. */
export function credentialsOf({ headers }: IncomingMessage): {
  readonly accessKeyId: string;
  readonly token: string | undefined;
  readonly region: string;
} {
  const [, accessKeyId = '', region = ''] =
    /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  return { accessKeyId, token: headers['x-amz-security-token']?.toString(), region };
}
