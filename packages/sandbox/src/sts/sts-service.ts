import type { HttpService } from '../endpoint.ts';
import { signedFor } from '../signatures/authorization.ts';
import type { Arrival } from '../signatures/arrival.ts';
import { queryRefusal } from '../signatures/refusal.ts';
import { element, leaf } from '../xml.ts';
import { StsError } from './sts-error.ts';
import { STS_OPERATIONS, type StsApi, type StsResult } from './sts-operations.ts';

/** Parameters that every request of the query protocol may have, besides those of its operation. */
const PARAMETERS_OF_EVERY_REQUEST = ['Action', 'Version'];

/** Far more than any request to STS has. */
const maximumBytes = 65_536;

/** STS over HTTP, the query protocol. */
export function stsService(api: StsApi): HttpService {
  let requests = 0;
  return {
    signingName: 'sts',
    maximumBytes,
    handles: (request) => signedFor(request) === 'sts',
    answer: (arrival, response) => {
      const requestId = `SIMULATED${String(++requests).padStart(7, '0')}`;
      response.setHeader('x-amzn-requestid', requestId);
      response.setHeader('server', 'crosswind (simulated)');
      response.setHeader('content-type', 'text/xml');
      try {
        response.end(answer(api, arrival, requestId));
      } catch (error) {
        const { code, message, status } = error instanceof StsError ? error : ownFailure(error);
        if (code === 'NotImplemented') arrival.notSimulated();
        const fault = leaf('Type', status < 500 ? 'Sender' : 'Receiver');
        response
          .writeHead(status)
          .end(
            xmlDocument(
              'ErrorResponse',
              element('Error', fault, leaf('Code', code), leaf('Message', message)),
              leaf('RequestId', requestId),
            ),
          );
      }
      return Promise.resolve();
    },
  };
}

function answer(api: StsApi, { body, sender }: Arrival, requestId: string): string {
  if (sender.kind === 'refused') {
    const { code, message, status } = queryRefusal(sender.refusal);
    throw new StsError(code, message, status);
  }
  const parameters = new URLSearchParams(body.toString());
  const action = parameters.get('Action') ?? 'this request';
  const operation = STS_OPERATIONS.get(action);
  if (!operation) throw notImplemented(action);
  for (const name of parameters.keys()) {
    if (![...PARAMETERS_OF_EVERY_REQUEST, ...operation.parameters].includes(name)) {
      throw notImplemented(`${action} with ${name}`);
    }
  }
  const call = { caller: sender.principal, parameter: (name: string) => parameters.get(name) ?? undefined };
  return xmlDocument(
    `${action}Response`,
    element(`${action}Result`, xmlOf(operation.run(api, call))),
    element('ResponseMetadata', leaf('RequestId', requestId)),
  );
}

const xmlOf = (result: StsResult): string =>
  Object.entries(result)
    .map(([name, value]) => (typeof value === 'string' ? leaf(name, value) : element(name, xmlOf(value))))
    .join('');

const xmlDocument = (root: string, ...children: readonly string[]): string =>
  `<${root} xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${children.join('')}</${root}>`;

/** Error that names what the service would otherwise have to ignore, such as session policies. */
const notImplemented = (what: string): StsError =>
  new StsError('NotImplemented', `the simulated STS does not know ${what} (see docs/sandbox-support.md)`, 501);

const ownFailure = (error: unknown): StsError =>
  new StsError('InternalFailure', `the simulated STS failed: ${String(error)}`, 500);
