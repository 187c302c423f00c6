import type { IncomingMessage } from 'node:http';
import type { JsonObject } from '../../assembly/template.ts';
import { credentialsOf, type Service, signedFor } from '../endpoint.ts';
import type { RolePrincipal, Sessions } from '../iam/sessions.ts';
import { AwsJsonError } from './aws-json-error.ts';
import { jsonBody } from './json-body.ts';

/** One request to a service, its sender known. */
export interface AwsJsonCall {
  readonly principal: RolePrincipal;
  /** The region that the request is signed for. */
  readonly region: string;
  readonly body: JsonObject;
}

/** Answers a call, or throws an `AwsJsonError`. */
export type AwsJsonOperation = (call: AwsJsonCall) => JsonObject;

export interface AwsJsonServiceProps {
  /** For messages, e.g. `Systems Manager`. */
  readonly title: string;
  /** The name that requests are signed for. */
  readonly signingName: string;
  /** What stands before the operation in the header `X-Amz-Target`. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  readonly sessions: Sessions;
  readonly operations: ReadonlyMap<string, AwsJsonOperation>;
}

/** A service that speaks AWS's JSON protocol (Smithy: "AWS JSON protocol"): one operation per request, named in a header. */
export function awsJsonService(props: AwsJsonServiceProps): Service {
  let requests = 0;
  return {
    handles: (request) => signedFor(request) === props.signingName || targetOf(request).startsWith(`${props.target}.`),
    answer: async (request, response) => {
      response.setHeader('x-amzn-requestid', `SIMULATED${String(++requests).padStart(7, '0')}`);
      response.setHeader('server', 'crosswind (simulated)');
      response.setHeader('content-type', `application/x-amz-json-${props.version}`);
      try {
        response.end(JSON.stringify(await answer(props, request)));
      } catch (error) {
        const { code, message, status } = error instanceof AwsJsonError ? error : ownFailure(props, error);
        response.writeHead(status).end(JSON.stringify({ __type: code, message }));
      } finally {
        request.resume();
      }
    },
  };
}

async function answer({ title, target, sessions, operations }: AwsJsonServiceProps, request: IncomingMessage) {
  const { accessKeyId, token, region } = credentialsOf(request);
  if (accessKeyId === '') throw new AwsJsonError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const principal = sessions.authenticate(accessKeyId, token);
  if (!principal) {
    const message = 'The security token included in the request is invalid.';
    throw new AwsJsonError('UnrecognizedClientException', message);
  }
  const name = targetOf(request);
  const operation = name.startsWith(`${target}.`) ? operations.get(name.slice(target.length + 1)) : undefined;
  if (!operation) {
    const message = `the simulated ${title} does not know ${name} (see docs/sandbox-support.md)`;
    throw new AwsJsonError('UnknownOperationException', message);
  }
  return operation({ principal, region, body: await jsonBody(request) });
}

const targetOf = ({ headers }: IncomingMessage): string => headers['x-amz-target']?.toString() ?? '';

const ownFailure = ({ title }: AwsJsonServiceProps, error: unknown): AwsJsonError =>
  new AwsJsonError('InternalFailure', `the simulated ${title} failed: ${String(error)}`, 500);
