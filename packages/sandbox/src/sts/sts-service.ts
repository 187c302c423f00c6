import type { HttpService } from '../endpoint.ts';
import { queryAnswer, queryFailure, xmlOf } from '../protocols/query-answer.ts';
import type { Written } from '../protocols/protocol.ts';
import { isForm, ofEveryRequest, parametersOf } from '../protocols/query-request.ts';
import { signedFor } from '../signatures/authorization.ts';
import type { Arrival } from '../signatures/arrival.ts';
import { queryRefusal } from '../signatures/refusal.ts';
import { StsError } from './sts-error.ts';
import { STS_OPERATIONS, type StsApi } from './sts-operations.ts';

/** Far more than any request to STS has. */
const maximumBytes = 65_536;

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** STS over HTTP, the query protocol. */
export function stsService(api: StsApi): HttpService {
  return {
    signingName: 'sts',
    operations: [...STS_OPERATIONS.keys()],
    maximumBytes,
    // A form without a signature may be for any service of the query protocol: all of them refuse it in the same way.
    handles: (request) => (signedFor(request) ?? (isForm(request) ? 'sts' : '')) === 'sts',
    answer: (arrival, response) => {
      try {
        const { headers, body } = answer(api, arrival);
        response.writeHead(200, headers).end(body);
      } catch (error) {
        const { code, message, status } = error instanceof StsError ? error : ownFailure(error);
        if (code === 'NotImplemented') arrival.notSimulated();
        const failure = queryFailure({ namespace, requestId: arrival.requestId, code, message, status });
        response.writeHead(failure.status, failure.headers).end(failure.body);
      }
      return Promise.resolve();
    },
  };
}

function answer(api: StsApi, { incoming, body, sender, requestId }: Arrival): Written {
  if (sender.kind === 'refused') {
    const { code, message, status } = queryRefusal(sender.refusal);
    throw new StsError(code, message, status);
  }
  const parameters = parametersOf(incoming, body);
  const action = parameters.get('Action') ?? 'this request';
  const operation = STS_OPERATIONS.get(action);
  if (!operation) throw notImplemented(action);
  for (const name of parameters.keys()) {
    if (!ofEveryRequest.test(name) && !operation.parameters.includes(name)) {
      throw notImplemented(`${action} with ${name}`);
    }
  }
  const call = { caller: sender.principal, parameter: (name: string) => parameters.get(name) ?? undefined };
  const result = xmlOf(operation.run(api, call), { times: new Set(), maps: new Set() });
  return queryAnswer({ namespace, operation: action, requestId, result });
}

/** Error that names what the service would otherwise have to ignore, such as session policies. */
const notImplemented = (what: string): StsError =>
  new StsError('NotImplemented', `the simulated STS does not know ${what} (see docs/sandbox-support.md)`, 501);

const ownFailure = (error: unknown): StsError =>
  new StsError('InternalFailure', `the simulated STS failed: ${String(error)}`, 500);
