import { accountOf } from '@crosswind/aws/arn';
import { isObject, type Json } from '@crosswind/aws/json';
import { denialMessage } from '@crosswind/iam/denial-message';
import type { AccessRequest } from '@crosswind/iam/request';
import { type OpaqueResources, opaqueLine } from './cloudformation/opaque-resources.ts';
import type { HttpService } from './endpoint.ts';
import type { Authorize } from './iam/authorizer.ts';
import type { Arrival } from './signatures/arrival.ts';
import { type ErrorForm, formOf, isRpc } from './protocols/error-form.ts';
import { parametersOf } from './protocols/query-request.ts';
import { signedFor } from './signatures/authorization.ts';
import { iamAction } from '@crosswind/aws/iam-action';
import { requestedResource } from '@crosswind/aws/requested-resource';
import { textsIn } from './tasks/opaque-task.ts';

export interface AbsentServicePorts {
  readonly authorize: Authorize;
  readonly opaque: OpaqueResources;
}

/** Bodies up to this size are searched for the name of an opaque resource. */
const maximumBytes = 1_048_576;

/** Status of what only the sandbox refuses. */
const notImplemented = 501;

interface Refused {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

/**
 * Answers requests to services that are not simulated, in the protocol of the request. Decides the permission first; then
 * the error names the opaque resource that the request would reach, or else the service. Other requests go to S3.
 */
export function absentService(ports: AbsentServicePorts): HttpService {
  return {
    maximumBytes,
    handles: (request) => {
      const service = signedFor(request);
      return service === undefined ? isRpc(request) : service !== 's3';
    },
    answer: (arrival, response) => {
      const form = formOf(arrival.incoming);
      const failure = refusal(ports, arrival, form);
      if (failure.status === notImplemented) arrival.notSimulated();
      const { status, headers, body } = form.failed(failure, arrival.requestId);
      response.writeHead(status, headers).end(body);
      return Promise.resolve();
    },
  };
}

function refusal({ authorize, opaque }: AbsentServicePorts, arrival: Arrival, form: ErrorForm): Refused {
  const { incoming, body, sender } = arrival;
  const service = signedFor(incoming) ?? 'this service';
  const absent = {
    code: 'NotImplemented',
    message: `the sandbox does not simulate ${service} (see docs/sandbox-support.md)`,
    status: notImplemented,
  };
  if (opaque.all.length === 0) return absent;
  if (sender.kind === 'refused') return form.refused(sender.refusal);
  const { principal, region } = sender;
  const parameters = parametersOf(incoming, body);
  const texts = [...textsIn(parsed(body)), ...parameters.values(), ...pathOf(incoming.url)];
  const resource = opaque.named(service, texts, { account: principal.account, region });
  const operation = operationOf(arrival, parameters);
  if (operation !== undefined) {
    const { arn, isAssumed } = requestedResource(service, texts, resource?.arn);
    const request: AccessRequest = {
      principal,
      action: iamAction(service, operation),
      resource: arn,
      resourceAccount: accountOf(arn) || principal.account,
      context: { 'aws:RequestedRegion': region },
      isResourceAssumed: isAssumed,
    };
    const decision = authorize(request);
    if (!decision.allowed && decision.kind !== 'undecidable') {
      return { code: 'AccessDeniedException', message: denialMessage(request, decision), status: 400 };
    }
  }
  return resource ? { ...absent, message: `${opaqueLine(resource)} (see docs/sandbox-support.md)` } : absent;
}

/** The operation by the header of the JSON protocols, the path of RPC v2 or the field of the query protocol. */
function operationOf({ incoming: { headers, url = '' } }: Arrival, form: URLSearchParams): string | undefined {
  const [target] = [headers['x-amz-target']].flat();
  return target?.split('.').at(-1) ?? /\/operation\/(\w+)$/.exec(url)?.[1] ?? form.get('Action') ?? undefined;
}

function parsed(body: Buffer): Json {
  try {
    const value = JSON.parse(body.toString()) as Json;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

const pathOf = (url = ''): readonly string[] => (url.split('?')[0] ?? '').split('/').map(decoded);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
