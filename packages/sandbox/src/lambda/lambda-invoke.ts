import type { OpaqueResources } from '../cloudformation/opaque-resources.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Json } from '@crosswind/aws/json';
import type { Functions, LoggedResult } from './functions.ts';
import type { Integration, TaskCall, TaskReport } from '../tasks/integration.ts';
import { ask } from '../tasks/ask.ts';
import { opaqueFailure } from '../tasks/opaque-task.ts';

export interface InvokePorts {
  readonly authorize: Authorize;
  readonly functions: Functions;
  readonly opaque: OpaqueResources;
}

/** `arn:aws:states:::lambda:invoke`, the request-response form (connect-lambda). */
export const lambdaInvoke =
  (ports: InvokePorts): Integration =>
  (call) => {
    const { FunctionName: functionArn = '', Payload: payload = {} } = call.arguments;
    const resource = typeof functionArn === 'string' ? functionArn : '';
    invoke(ports, call, resource, payload, (answer) => ({
      ExecutedVersion: '$LATEST',
      Payload: answer,
      StatusCode: 200,
    }));
    return undefined;
  };

/** A task whose resource is the ARN of a function: its result is the answer of the function (connect-lambda). */
export const lambdaFunction =
  (ports: InvokePorts): Integration =>
  (call) => {
    invoke(ports, call, call.resource, call.input, (answer) => answer);
    return undefined;
  };

function invoke(
  { authorize, functions, opaque }: InvokePorts,
  call: TaskCall,
  resource: string,
  payload: Json,
  output: (answer: Json) => Json,
): void {
  call.report({ kind: 'task-started' });
  const { refusal } = ask(authorize, call, 'lambda:InvokeFunction', resource);
  if (refusal !== undefined) {
    const cause = `${refusal} (Service: Lambda, Status Code: 403, Request ID: simulated)`;
    call.report({ kind: 'task-failed', error: 'Lambda.AWSLambdaException', cause });
  } else if (functions.has(resource)) {
    functions.start(resource, JSON.stringify(payload), (result) => {
      call.report(reportOf(result, output));
    });
  } else {
    const unknown = opaque.at(resource);
    call.report(unknown ? opaqueFailure(unknown) : notFound(resource));
  }
}

const notFound = (resource: string): TaskReport => ({
  kind: 'task-failed',
  error: 'Lambda.ResourceNotFoundException',
  cause: `Function not found: ${resource} (Service: Lambda, Status Code: 404, Request ID: simulated)`,
});

function reportOf(result: LoggedResult, output: (answer: Json) => Json): TaskReport {
  if (result.ok) return { kind: 'task-succeeded', output: output(JSON.parse(result.payload) as Json) };
  if (result.throttled !== undefined) {
    const cause = `${result.error.errorMessage} (Service: Lambda, Status Code: 429, Request ID: simulated)`;
    return { kind: 'task-failed', error: 'Lambda.TooManyRequestsException', cause };
  }
  return { kind: 'task-failed', error: result.error.errorType, cause: JSON.stringify(result.error) };
}
