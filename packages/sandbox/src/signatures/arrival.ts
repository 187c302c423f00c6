import type { IncomingMessage } from 'node:http';
import { isPresigned, queryOf } from './authorization.ts';
import type { Sender, Verification } from './sender.ts';
import { senderOf } from './sender.ts';
import { sha256 } from './signature.ts';
import { isVersionTwo, versionTwoSender } from './version-two.ts';

/** A request whose signature has been looked at. */
export interface Arrival {
  readonly incoming: IncomingMessage;
  /** The whole body; empty where the service takes it in as it arrives. */
  readonly body: Buffer;
  readonly sender: Sender;
  /** Names the request in its answer. */
  readonly requestId: string;
  /** To be called with the refusal of what AWS would answer and the sandbox does not simulate. */
  readonly notSimulated: () => void;
}

/**
 * Receives a request and finds out who sent it.
 * @param maximumBytes maximum length of its body; undefined where the service reads the body as it arrives, so that the
 *   signature covers the header `x-amz-content-sha256` instead
 */
export async function arrivalOf(
  incoming: IncomingMessage,
  maximumBytes: number | undefined,
  verification: Verification,
): Promise<Pick<Arrival, 'incoming' | 'body' | 'sender'>> {
  const nothing = Buffer.alloc(0);
  const body = maximumBytes === undefined ? nothing : await bodyOf(incoming, maximumBytes);
  if (body === undefined) {
    const message = `the request has more than ${maximumBytes ?? 0} bytes`;
    return { incoming, body: nothing, sender: { kind: 'refused', refusal: { reason: 'too large', message } } };
  }
  const payloadHash = maximumBytes === undefined ? arrivingHash(incoming) : sha256(body);
  const { method = '', url = '', headersDistinct: headers } = incoming;
  const received = { method, url, headers, payloadHash };
  const query = queryOf(url);
  const isOld = verification.service === 's3' && isVersionTwo(query);
  const sender = isOld ? versionTwoSender(received, query, verification) : senderOf(received, verification);
  return { incoming, body, sender };
}

/** Hash of a body that is still to come, as the request announces it. A presigned URL covers no body unless it says so. */
function arrivingHash({ headers, url }: IncomingMessage): string {
  const query = queryOf(url);
  const announced = headers['x-amz-content-sha256']?.toString() ?? query.get('X-Amz-Content-Sha256');
  return announced ?? (isPresigned(query) ? 'UNSIGNED-PAYLOAD' : '');
}

/** The body, unless it is too long or says that it will be. */
async function bodyOf(incoming: IncomingMessage, maximumBytes: number): Promise<Buffer | undefined> {
  if (Number(incoming.headers['content-length'] ?? 0) > maximumBytes) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > maximumBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
