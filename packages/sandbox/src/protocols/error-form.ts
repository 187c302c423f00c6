import type { IncomingMessage } from 'node:http';
import { signedFor } from '../signatures/authorization.ts';
import { jsonRefusal, queryRefusal, type RefusalAnswer } from '../signatures/refusal.ts';
import { element, leaf } from '../xml.ts';
import { cborProtocol } from './cbor-protocol.ts';
import { targetOf } from './json-protocol.ts';
import type { Failed, Protocol } from './protocol.ts';
import { queryFailure } from './query-answer.ts';
import { isForm } from './query-request.ts';

/** Form of errors, by the request that they answer: for services that the sandbox does not have. */
export type ErrorForm = Pick<Protocol, 'refused' | 'failed'>;

/** Services whose REST protocol has XML (the models of botocore: protocol `rest-xml`). */
const restXml = ['cloudfront', 'route53', 's3', 's3-outposts'];

const xml = { 'content-type': 'text/xml' };

/** The query protocol, without the namespace of a service. */
const query: ErrorForm = {
  refused: queryRefusal,
  failed: (failure, requestId) => queryFailure({ ...failure, requestId }),
};

/** Amazon EC2 has a query protocol of its own (Smithy: "AWS EC2 query protocol"). */
const ec2: ErrorForm = {
  refused: queryRefusal,
  failed: ({ code, message, status }, requestId) => ({
    status,
    headers: xml,
    body: element(
      'Response',
      element('Errors', element('Error', leaf('Code', code), leaf('Message', message))),
      leaf('RequestID', requestId),
    ),
  }),
};

/** JSON; in REST a refusal has status 403 and the error's code is in a header, too. */
const json = (refusalStatus: 400 | 403): ErrorForm => ({
  refused: (refusal): RefusalAnswer => jsonRefusal(refusal, refusalStatus),
  failed: ({ code, message, status }): Failed => ({
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message }),
  }),
});

const cbor = cborProtocol({ service: '\\w+', kinds: { times: new Set() } });

/** True for a request in a protocol that S3 does not speak. */
export const isRpc = (request: IncomingMessage): boolean =>
  targetOf(request) !== '' || cbor.speaks(request) || isForm(request);

/** The form in which a client reads the error that answers its request. */
export function formOf(request: IncomingMessage): ErrorForm {
  if (cbor.speaks(request)) return cbor;
  if (targetOf(request) !== '') return json(400);
  const service = signedFor(request) ?? '';
  if (service === 'ec2') return ec2;
  return isForm(request) || restXml.includes(service) ? query : json(403);
}
