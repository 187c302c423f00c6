import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from '@crosswind/aws/json';
import type { HttpService } from '../endpoint.ts';
import type { RolePrincipal } from '../iam/sessions.ts';
import type { Arrival } from '../signatures/arrival.ts';
import { signedFor } from '../signatures/authorization.ts';
import { jsonRefusal } from '../signatures/refusal.ts';
import { AwsJsonError } from './aws-json-error.ts';
import { jsonBody } from './json-body.ts';

/** One request to a service, its sender known. */
export interface AwsJsonCall {
  readonly principal: RolePrincipal;
  /** The region that the request is signed for. */
  readonly region: string;
  readonly body: JsonObject;
  /** Fires when the sender does not wait for the answer any more. */
  readonly hungUp?: AbortSignal;
}

/** Answers a call, or throws an `AwsJsonError`. */
export type AwsJsonOperation = (call: AwsJsonCall) => JsonObject | Promise<JsonObject>;

export interface AwsJsonServiceProps {
  /** For messages, e.g. `Systems Manager`. */
  readonly title: string;
  /** The name that requests are signed for. */
  readonly signingName: string;
  /** Prefix of the header `X-Amz-Target`, before the dot and the operation. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  readonly operations: ReadonlyMap<string, AwsJsonOperation>;
  /**
   * Error codes of the query protocol, by the code of the JSON protocol (Smithy: "awsQueryCompatible"). Clients from
   * before the JSON protocol expect the former.
   *
   * @default - the codes of the JSON protocol
   */
  readonly queryCodes?: Readonly<Record<string, string>>;
}

/** A request of Step Functions is at most 1 MB (AWS: "Step Functions service quotas"). */
const maximumBytes = 1_048_576;

const unknownOperation = 'UnknownOperationException';

/** A service that speaks AWS's JSON protocol (Smithy: "AWS JSON protocol"): one operation per request, named in a header. */
export function awsJsonService(props: AwsJsonServiceProps): HttpService {
  let requests = 0;
  return {
    signingName: props.signingName,
    maximumBytes,
    handles: (request) => signedFor(request) === props.signingName || targetOf(request).startsWith(`${props.target}.`),
    answer: async (arrival, response) => {
      response.setHeader('x-amzn-requestid', `SIMULATED${String(++requests).padStart(7, '0')}`);
      response.setHeader('server', 'crosswind (simulated)');
      response.setHeader('content-type', `application/x-amz-json-${props.version}`);
      try {
        response.end(JSON.stringify(await answer(props, arrival, hangUpOf(response))));
      } catch (error) {
        const { code, message, status } = error instanceof AwsJsonError ? error : ownFailure(props, error);
        if (code === unknownOperation) arrival.notSimulated();
        const fault = status < 500 ? 'Sender' : 'Receiver';
        if (props.queryCodes) response.setHeader('x-amzn-query-error', `${props.queryCodes[code] ?? code};${fault}`);
        response.writeHead(status).end(JSON.stringify({ __type: code, message }));
      }
    },
  };
}

function answer(
  { title, target, operations }: AwsJsonServiceProps,
  { incoming, body, sender }: Arrival,
  hungUp: AbortSignal,
): JsonObject | Promise<JsonObject> {
  if (sender.kind === 'refused') {
    const { code, message, status } = jsonRefusal(sender.refusal, 400);
    throw new AwsJsonError(code, message, status);
  }
  const name = targetOf(incoming);
  const operation = name.startsWith(`${target}.`) ? operations.get(name.slice(target.length + 1)) : undefined;
  if (!operation) {
    const message = `the simulated ${title} does not know ${name} (see docs/sandbox-support.md)`;
    throw new AwsJsonError(unknownOperation, message);
  }
  const { principal, region } = sender;
  return operation({ principal, region, body: jsonBody(body), hungUp });
}

/** Fires when the connection is closed. */
function hangUpOf(response: ServerResponse): AbortSignal {
  const hungUp = new AbortController();
  response.once('close', () => {
    hungUp.abort();
  });
  return hungUp.signal;
}

const targetOf = ({ headers }: IncomingMessage): string => headers['x-amz-target']?.toString() ?? '';

const ownFailure = ({ title }: AwsJsonServiceProps, error: unknown): AwsJsonError =>
  new AwsJsonError('InternalFailure', `the simulated ${title} failed: ${String(error)}`, 500);
