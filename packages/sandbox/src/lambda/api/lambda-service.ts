import type { ServerResponse } from 'node:http';
import type { HttpService } from '../../endpoint.ts';
import { signedFor } from '../../signatures/authorization.ts';
import type { Arrival } from '../../signatures/arrival.ts';
import { jsonRefusal } from '../../signatures/refusal.ts';
import { maxPayloadBytes } from '../function-service.ts';
import { type ConfigurationApi, getFunctionConfiguration, updateFunctionConfiguration } from './configuration.ts';
import { invoke, type InvokeAnswer, type LambdaApi } from './invoke.ts';
import { accountSettings, type AccountSettingsApi } from './account-settings.ts';
import { LambdaError } from './lambda-error.ts';

const PATH = /^\/2015-03-31\/functions\/([^/]+)\/(invocations|configuration)$/;

/** The service of a request that is not signed, by its path. */
const serviceOfPath = (path = ''): string =>
  /^\/\d{4}-\d\d-\d\d\/(functions|account-settings)\b/.test(path) ? 'lambda' : '';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html */
const settingsPath = /^\/2016-08-19\/account-settings\/?$/;

/** Codes of what only the sandbox refuses: an operation or a parameter, and an opaque function. */
const ours = ['UnknownOperationException', 'NotImplemented'];

type Api = LambdaApi & ConfigurationApi & AccountSettingsApi;

/** Lambda over HTTP, the REST protocol: invocations, the configuration of functions, and the limits of an account. */
export function lambdaService(api: Api): HttpService {
  return {
    signingName: 'lambda',
    operations: ['GetAccountSettings', 'GetFunctionConfiguration', 'Invoke', 'UpdateFunctionConfiguration'],
    maximumBytes: maxPayloadBytes,
    handles: (request) => (signedFor(request) ?? serviceOfPath(request.url)) === 'lambda',
    answer: async (arrival, response) => {
      response.setHeader('content-type', 'application/json');
      try {
        const { status, headers, body } = await answer(api, arrival);
        response.writeHead(status, headers).end(body);
      } catch (error) {
        const failure = error instanceof LambdaError ? error : ownFailure(error);
        if (ours.includes(failure.code)) arrival.notSimulated();
        fail(response, failure);
      }
    },
  };
}

async function answer(api: Api, { incoming, body, sender }: Arrival): Promise<InvokeAnswer> {
  if (sender.kind === 'refused') {
    const { code, message, status } = jsonRefusal(sender.refusal, 403);
    throw new LambdaError(sender.refusal.reason === 'too large' ? 'RequestTooLargeException' : code, message, status);
  }
  const { method = '', headers } = incoming;
  const [path = '', query = ''] = (incoming.url ?? '').split('?', 2);
  const [, name = '', what = ''] = PATH.exec(path) ?? [];
  const { principal, region } = sender;
  if (method === 'GET' && settingsPath.test(path)) return accountSettings(api, { principal, region });
  const call = { principal, region, functionName: decoded(name), payload: body };
  switch (`${method} ${what}`) {
    case 'POST invocations': {
      const qualifier = new URLSearchParams(query).get('Qualifier') ?? undefined;
      return invoke(api, { ...call, qualifier, header: (header) => [headers[header]].flat().at(0) });
    }
    case 'GET configuration':
      return getFunctionConfiguration(api, call);
    case 'PUT configuration':
      return updateFunctionConfiguration(api, call);
    default: {
      const message = `the simulated Lambda does not know ${method} ${path} (see docs/sandbox-support.md)`;
      throw new LambdaError('UnknownOperationException', message, 404);
    }
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function fail(response: ServerResponse, { code, message, status, reason }: LambdaError): void {
  const Type = status < 500 ? 'User' : 'Service';
  response
    .writeHead(status, { 'x-amzn-errortype': code })
    .end(JSON.stringify({ Reason: reason, Type, Message: message, message }));
}

const ownFailure = (error: unknown): LambdaError =>
  new LambdaError('ServiceException', `the simulated Lambda failed: ${String(error)}`, 500);
