import type { ServerResponse } from 'node:http';
import type { JsonObject } from '@crosswind/aws/json';
import type { HttpService } from '../endpoint.ts';
import type { RolePrincipal } from '../iam/sessions.ts';
import { jsonProtocol, type JsonProtocolProps, targetOf } from '../protocols/json-protocol.ts';
import { type Protocol, unknownOperation, type Written } from '../protocols/protocol.ts';
import type { Arrival } from '../signatures/arrival.ts';
import { signedFor } from '../signatures/authorization.ts';
import { AwsJsonError } from './aws-json-error.ts';

/** Who calls, and the region that is asked. */
export interface Caller {
  readonly principal: RolePrincipal;
  /** The region that the request is signed for. */
  readonly region: string;
}

/** One request to a service, its sender known. */
export interface AwsJsonCall extends Caller {
  readonly body: JsonObject;
  /** Fires when the sender does not wait for the answer any more. */
  readonly hungUp?: AbortSignal;
}

/** Answers a call, or throws an `AwsJsonError`. */
export type AwsJsonOperation = (call: AwsJsonCall) => JsonObject | Promise<JsonObject>;

export interface AwsJsonServiceProps extends JsonProtocolProps {
  /** For messages, e.g. `Systems Manager`. */
  readonly title: string;
  /** The name that requests are signed for. */
  readonly signingName: string;
  readonly operations: ReadonlyMap<string, AwsJsonOperation>;
  /**
   * Protocols that it speaks besides AWS's JSON protocol.
   *
   * @default - none
   */
  readonly others?: readonly Protocol[];
  /**
   * True for a request that is not signed and meant for this service, besides those with its target.
   *
   * @default - none is
   */
  readonly isMeant?: HttpService['handles'];
  /**
   * Answers the operations that this service does not have.
   *
   * @default - they are refused by name
   */
  readonly absent?: HttpService;
}

/** A request of Step Functions is at most 1 MB (AWS: "Step Functions service quotas"). */
const maximumBytes = 1_048_576;

/** A service with one operation per request, in AWS's JSON protocol. */
export function awsJsonService(props: AwsJsonServiceProps): HttpService {
  const { signingName, others = [], isMeant = () => false } = props;
  const json = jsonProtocol(props);
  return {
    signingName,
    operations: [...props.operations.keys()],
    maximumBytes,
    handles: (request) => signedFor(request) === signingName || json.speaks(request) || isMeant(request),
    answer: async (arrival, response) => {
      const { incoming, requestId } = arrival;
      const protocol = others.find(({ speaks }) => speaks(incoming)) ?? json;
      try {
        if (props.absent && isAbsent(props, protocol, arrival)) {
          await props.absent.answer(arrival, response);
          return;
        }
        const { headers, body } = await answer(props, protocol, arrival, hangUpOf(response));
        response.writeHead(200, headers).end(body);
      } catch (error) {
        const failure = error instanceof AwsJsonError ? error : ownFailure(props, error);
        if (failure.code === unknownOperation) arrival.notSimulated();
        const { status, headers, body } = protocol.failed(failure, requestId);
        response.writeHead(status, headers).end(body);
      }
    },
  };
}

const isAbsent = (
  { operations }: AwsJsonServiceProps,
  protocol: Protocol,
  { incoming, body, sender }: Arrival,
): boolean => sender.kind !== 'refused' && !operations.has(protocol.asked(incoming, body).operation);

async function answer(
  { title, operations }: AwsJsonServiceProps,
  protocol: Protocol,
  { incoming, body: bytes, sender, requestId }: Arrival,
  hungUp: AbortSignal,
): Promise<Written> {
  if (sender.kind === 'refused') {
    const { code, message, status } = protocol.refused(sender.refusal);
    throw new AwsJsonError(code, message, status);
  }
  const { operation: name, body } = protocol.asked(incoming, bytes);
  const operation = operations.get(name);
  if (!operation) {
    const named = targetOf(incoming) || name || 'a request without an operation';
    const message = `the simulated ${title} does not know ${named} (see docs/sandbox-support.md)`;
    throw new AwsJsonError(unknownOperation, message);
  }
  const { principal, region } = sender;
  return protocol.answered(name, await operation({ principal, region, body, hungUp }), requestId);
}

/** Fires when the connection is closed. */
function hangUpOf(response: ServerResponse): AbortSignal {
  const hungUp = new AbortController();
  response.once('close', () => {
    hungUp.abort();
  });
  return hungUp.signal;
}

const ownFailure = ({ title }: AwsJsonServiceProps, error: unknown): AwsJsonError =>
  new AwsJsonError('InternalFailure', `the simulated ${title} failed: ${String(error)}`, 500);
