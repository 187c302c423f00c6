import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Arrival, arrivalOf } from './signatures/arrival.ts';
import { signedFor } from './signatures/authorization.ts';
import type { Verification } from './signatures/sender.ts';

/** One of the simulated services behind the endpoint, as its clients reach it. */
export interface HttpService {
  /**
   * The name that its requests are signed for; empty for requests that are not signed.
   *
   * @default - the service that each request is signed for
   */
  readonly signingName?: string;
  /**
   * The operations that it answers, by their names in AWS's models.
   *
   * @default - none
   */
  readonly operations?: readonly string[];
  /** True if a request is for this service, judged by method, path and headers as its protocol uses them. */
  readonly handles: (request: IncomingMessage) => boolean;
  /**
   * How long a body may be, in bytes.
   *
   * @default - the service takes bodies in as they arrive, and verifies them itself
   */
  readonly maximumBytes?: number;
  readonly answer: (arrival: Arrival, response: ServerResponse) => Promise<void>;
}

export interface EndpointProps {
  /**
   * Services from the start.
   *
   * @default - those that `add` brings
   */
  readonly services?: readonly HttpService[];
  readonly authenticate: Verification['authenticate'];
  /**
   * The port on loopback.
   *
   * @default 0 - one that is free
   */
  readonly port?: number;
  /**
   * Waits before a service answers.
   *
   * @default - answered at once
   */
  readonly ready?: () => Promise<void>;
  /**
   * Called when a service refuses what AWS would answer and the sandbox does not simulate.
   *
   * @default - nothing happens
   */
  readonly onNotSimulated?: () => void;
}

/** Answers requests that are for no service of AWS; false for a request that it leaves to them. */
export type LocalHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface Endpoint {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string;
  /**
   * Hands each request to a handler before the services see it. Nothing about it is verified, and no virtual time passes
   * for it: both are left to the handler.
   */
  answerFirst(handler: LocalHandler): void;
  /** Adds services; the first that handles a request answers it. */
  add(services: readonly HttpService[]): void;
  /** Breaks every connection and is gone for a while, as a server that is killed and started again. */
  interrupt(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

/** One port on loopback that answers for all services, after it has verified who signed a request. */
export async function openEndpoint(props: EndpointProps): Promise<Endpoint> {
  const { services: first = [], authenticate, port = 0, onNotSimulated: notSimulated = () => undefined } = props;
  const { ready = () => Promise.resolve() } = props;
  const services = [...first];
  let requests = 0;
  let isAnswered: LocalHandler = () => false;
  // A blocked sandbox must not close idle connections while clients reuse them.
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    if (isAnswered(request, response)) return;
    const requestId = `SIMULATED${String(++requests).padStart(7, '0')}`;
    response.setHeader('server', 'crosswind (simulated)').setHeader('x-amzn-requestid', requestId);
    answer({ services, authenticate, notSimulated, requestId, ready }, request, response).catch((error: unknown) => {
      endWith(error, request, response);
    });
  });
  const url = await listen(server, port);
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const interrupt = async (milliseconds: number): Promise<void> => {
    await close();
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await listen(server, Number(new URL(url).port));
  };
  const answerFirst: Endpoint['answerFirst'] = (handler) => {
    isAnswered = handler;
  };
  return { url, add: (more) => services.push(...more), answerFirst, interrupt, close };
}

type Answering = Required<Pick<EndpointProps, 'services' | 'authenticate' | 'ready'>> &
  Pick<Arrival, 'notSimulated' | 'requestId'>;

async function answer(
  { services, authenticate, notSimulated, requestId, ready }: Answering,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const service = services.find(({ handles }) => handles(request));
    if (!service) {
      response.writeHead(501).end(`the sandbox has no service for ${request.method ?? ''} ${request.url ?? ''}`);
      return;
    }
    const verification = { authenticate, service: service.signingName ?? signedFor(request) ?? '', now: Date.now() };
    const arrival = await arrivalOf(request, service.maximumBytes, verification);
    await ready();
    await service.answer({ ...arrival, notSimulated, requestId }, response);
  } finally {
    request.resume();
  }
}

/** An error in one request ends that request only. */
function endWith(error: unknown, { socket }: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent || socket.destroyed) response.destroy();
  else response.writeHead(500).end(`the sandbox failed: ${String(error)}`);
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
