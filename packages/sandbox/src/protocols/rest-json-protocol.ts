import { jsonBody } from '../aws-json/json-body.ts';
import { jsonRefusal } from '../signatures/refusal.ts';
import type { Protocol } from './protocol.ts';

const contentType = { 'content-type': 'application/json' };
/** Status of a refusal of IAM in this protocol. */
const forbidden = 403;

/**
 * AWS's REST protocol with JSON (Smithy: "AWS restJson1"), for services whose operations are posted to a path of their
 * name, with all fields in the body.
 */
export const restJsonProtocol: Protocol = {
  speaks: ({ headers }) => headers['x-amz-target'] === undefined,
  asked: ({ method = '', url = '' }, body) => {
    const [, name = ''] = /^\/(\w+)\/?$/.exec(url.split('?')[0] ?? '') ?? [];
    return method === 'POST' ? { operation: name, body: jsonBody(body) } : { operation: '', body: {} };
  },
  refused: (refusal) => jsonRefusal(refusal, forbidden),
  answered: (_, result) => ({ headers: contentType, body: JSON.stringify(result) }),
  failed: ({ code, message, status }) => ({
    status: code === 'AccessDeniedException' ? forbidden : status,
    headers: { ...contentType, 'x-amzn-errortype': code },
    body: JSON.stringify({ message }),
  }),
};
