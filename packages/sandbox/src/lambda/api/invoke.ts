import { messageOf } from '@crosswind/aws/problem';
import { accountOf } from '@crosswind/aws/arn';
import { denialMessage } from '@crosswind/iam/denial-message';
import type { AccessRequest } from '@crosswind/iam/request';
import { type OpaqueResources, opaqueLine } from '../../cloudformation/opaque-resources.ts';
import type { Authorize } from '../../iam/authorizer.ts';
import type { RolePrincipal } from '../../iam/sessions.ts';
import type { Simulation } from '@crosswind/workflow/clock/simulation';
import { maxPayloadBytes } from '../function-service.ts';
import type { Functions } from '../functions.ts';
import type { LoggedResult } from '../logged-result.ts';
import { functionNamed } from './function-named.ts';
import { LambdaError } from './lambda-error.ts';

/** Dependencies of Lambda's operations. */
export interface LambdaApi {
  readonly authorize: Authorize;
  readonly simulation: Simulation;
  readonly functions: Functions;
  readonly opaque: OpaqueResources;
}

export interface InvokeCall {
  readonly principal: RolePrincipal;
  readonly region: string;
  /** Name, partial ARN or ARN. */
  readonly functionName: string;
  readonly qualifier: string | undefined;
  readonly header: (name: string) => string | undefined;
  readonly payload: Buffer;
}

export interface InvokeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An event may have 1 MB where nobody waits for the answer (AWS: "Lambda quotas"). */
const maxEventBytes = 1_048_576;
/** How much of the log comes back with `LogType: Tail` (AWS Lambda API: "Invoke"). */
const tailBytes = 4_096;
/** How long Lambda waits before it invokes a function again that failed asynchronously ("Error handling for asynchronous invocation"). */
const retryAfterMinutes = [1, 2];

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export async function invoke(api: LambdaApi, call: InvokeCall): Promise<InvokeAnswer> {
  const type = call.header('x-amz-invocation-type') ?? 'RequestResponse';
  if (!['RequestResponse', 'Event', 'DryRun'].includes(type)) {
    const constraint = 'Member must satisfy enum value set: [Event, RequestResponse, DryRun]';
    const message = `1 validation error detected: Value '${type}' at 'invocationType' failed to satisfy constraint: ${constraint}`;
    throw new LambdaError('ValidationException', message, 400);
  }
  refuseUnknown(call);
  const functionArn = permitted(api, call);
  if (type === 'DryRun') return { status: 204, headers: {}, body: '' };
  const event = eventOf(call.payload, type === 'Event' ? maxEventBytes : maxPayloadBytes);
  if (type === 'Event') {
    invokeLater(api, functionArn, event, retryAfterMinutes);
    return { status: 202, headers: {}, body: '' };
  }
  const result = await new Promise<LoggedResult>((resolve) => {
    api.functions.start(functionArn, event, resolve);
  });
  if (!result.ok && result.throttled !== undefined) {
    const { errorType, errorMessage } = result.error;
    throw new LambdaError(errorType, errorMessage, 429, result.throttled);
  }
  return {
    status: 200,
    headers: {
      'x-amz-executed-version': '$LATEST',
      ...(!result.ok && { 'x-amz-function-error': 'Unhandled' }),
      ...(call.header('x-amz-log-type') === 'Tail' && {
        'x-amz-log-result': Buffer.from(result.log).subarray(-tailBytes).toString('base64'),
      }),
    },
    body: result.ok ? result.payload : JSON.stringify(result.error),
  };
}

/** Refuses by name what the function would otherwise have to do without. */
function refuseUnknown({ header }: InvokeCall): void {
  for (const name of ['x-amz-client-context', 'x-amz-durable-execution-name', 'x-amz-tenant-id']) {
    if (header(name) === undefined) continue;
    const message = `the simulated Lambda does not know Invoke with header ${name} (see docs/sandbox-support.md)`;
    throw new LambdaError('NotImplemented', message, 501);
  }
}

/** The ARN of the function, if the caller may invoke it; who may not, does not learn whether it is there. */
function permitted({ authorize, functions, opaque }: LambdaApi, call: InvokeCall): string {
  const { functionArn, qualifier, resource } = functionNamed(call.functionName, call.qualifier, call);
  const wanted: AccessRequest = {
    principal: call.principal,
    action: 'lambda:InvokeFunction',
    resource,
    resourceAccount: accountOf(functionArn),
    context: { 'aws:RequestedRegion': call.region },
  };
  const decision = authorize(wanted);
  if (!decision.allowed) throw new LambdaError('AccessDeniedException', denialMessage(wanted, decision), 403);
  if (functions.has(functionArn) && (qualifier ?? '$LATEST') === '$LATEST') return functionArn;
  const unknown = opaque.at(resource) ?? opaque.at(functionArn);
  if (unknown) throw new LambdaError('NotImplemented', opaqueLine(unknown), 501);
  throw new LambdaError('ResourceNotFoundException', `Function not found: ${resource}`, 404);
}

function eventOf(payload: Buffer, maximumBytes: number): string {
  if (payload.byteLength > maximumBytes) {
    const message = `Request must be smaller than ${maximumBytes} bytes for the InvokeFunction operation`;
    throw new LambdaError('RequestTooLargeException', message, 413);
  }
  const text = payload.byteLength === 0 ? '{}' : payload.toString();
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    const why = messageOf(error);
    throw new LambdaError('InvalidRequestContentException', `Could not parse request body into json: ${why}`, 400);
  }
}

/** Invokes, and once more after each of the minutes as long as the function fails; what is throttled goes back into the queue. */
function invokeLater(api: LambdaApi, functionArn: string, event: string, minutes: readonly number[]): void {
  const { simulation, functions } = api;
  const lost = simulation.now() + longestInQueueMilliseconds;
  const attempt = (backoff: number): void => {
    // An event of a function that was deleted meanwhile is lost.
    if (!functions.has(functionArn)) return;
    functions.start(functionArn, event, ({ ok, throttled }) => {
      const [wait, ...later] = minutes;
      if (throttled !== undefined) {
        if (simulation.now() + backoff > lost) return;
        simulation.at(simulation.now() + backoff, () => {
          attempt(Math.min(2 * backoff, longestBackoffMilliseconds));
        });
      } else if (!ok && wait !== undefined) {
        simulation.at(simulation.now() + wait * 60_000, () => {
          invokeLater(api, functionArn, event, later);
        });
      }
    });
  };
  attempt(1_000);
}

/** Lambda tries a throttled event again for 6 hours, after 1 second and then less often, up to every 5 minutes (same page). */
const longestInQueueMilliseconds = 6 * 60 * 60_000;
const longestBackoffMilliseconds = 5 * 60_000;
