import type { OpaqueResources } from '../cloudformation/opaque-resources.ts';
import type { Authorize } from '../iam/authorizer.ts';
import { type Json, textOf } from '@crosswind/aws/json';
import type { Functions } from './functions.ts';
import type { LoggedResult } from './logged-result.ts';
import type { Integration, TaskCall, TaskReport } from '../tasks/integration.ts';
import { ask } from '../tasks/ask.ts';
import { opaqueFailure } from '../tasks/opaque-task.ts';
import { functionNamed, type NamedFunction } from './api/function-named.ts';
import { LambdaError } from './api/lambda-error.ts';

export interface InvokePorts {
  readonly authorize: Authorize;
  readonly functions: Functions;
  readonly opaque: OpaqueResources;
}

/** `arn:aws:states:::lambda:invoke`, the request-response form (connect-lambda). */
export const lambdaInvoke =
  (ports: InvokePorts): Integration =>
  (call) => {
    const { FunctionName: name = '', Payload: payload = {} } = call.arguments;
    invoke(ports, call, textOf(name), payload, (answer) => ({
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
  name: string,
  payload: Json,
  output: (answer: Json) => Json,
): void {
  call.report({ kind: 'task-started' });
  const named = functionOf(name, call);
  if ('failure' in named) {
    call.report(named.failure);
    return;
  }
  const { functionArn, qualifier, resource } = named;
  const { refusal } = ask(authorize, call, 'lambda:InvokeFunction', resource);
  if (refusal !== undefined) {
    const cause = `${refusal} (Service: Lambda, Status Code: 403, Request ID: simulated)`;
    call.report({ kind: 'task-failed', error: 'Lambda.AWSLambdaException', cause });
  } else if (functions.has(functionArn) && (qualifier ?? '$LATEST') === '$LATEST') {
    functions.start(functionArn, JSON.stringify(payload), (result) => {
      call.report(reportOf(result, output));
    });
  } else {
    const unknown = opaque.at(resource) ?? opaque.at(functionArn);
    const notFound = new LambdaError('ResourceNotFoundException', `Function not found: ${resource}`, 404);
    call.report(unknown ? opaqueFailure(unknown) : failureOf(notFound));
  }
}

/** The function that a task names as requests do, by its name, partial ARN or ARN; else how the task fails. */
function functionOf(name: string, call: TaskCall): NamedFunction | { readonly failure: TaskReport } {
  try {
    return functionNamed(name, undefined, call);
  } catch (error) {
    if (!(error instanceof LambdaError)) throw error;
    return { failure: failureOf(error) };
  }
}

/** Errors that the API of Lambda's Invoke lists have their own name in tasks. */
const failureOf = ({ code, message, status }: LambdaError): TaskReport => ({
  kind: 'task-failed',
  error: `Lambda.${code === 'ValidationException' ? 'AWSLambdaException' : code}`,
  cause: `${message} (Service: Lambda, Status Code: ${status}, Request ID: simulated)`,
});

function reportOf(result: LoggedResult, output: (answer: Json) => Json): TaskReport {
  if (result.ok) return { kind: 'task-succeeded', output: output(JSON.parse(result.payload) as Json) };
  if (result.throttled !== undefined) {
    const cause = `${result.error.errorMessage} (Service: Lambda, Status Code: 429, Request ID: simulated)`;
    return { kind: 'task-failed', error: 'Lambda.TooManyRequestsException', cause };
  }
  return { kind: 'task-failed', error: result.error.errorType, cause: JSON.stringify(result.error) };
}
