import type { Cloud } from '../cloud.ts';
import type { Json } from '@crosswind/aws/json';
import type { LoggedResult } from './functions.ts';
import type { Integration, TaskCall, TaskReport } from '../tasks/integration.ts';
import { ask } from '../tasks/ask.ts';

/** `arn:aws:states:::lambda:invoke`, the request-response form (connect-lambda). */
export const lambdaInvoke: Integration = (cloud, call) => {
  const { FunctionName: functionArn = '', Payload: payload = {} } = call.arguments;
  const resource = typeof functionArn === 'string' ? functionArn : '';
  invoke(cloud, call, resource, payload, (answer) => ({
    ExecutedVersion: '$LATEST',
    Payload: answer,
    StatusCode: 200,
  }));
  return undefined;
};

/** A task whose resource is the ARN of a function: its result is what the function answers (connect-lambda). */
export const lambdaFunction: Integration = (cloud, call) => {
  invoke(cloud, call, call.resource, call.input, (answer) => answer);
  return undefined;
};

function invoke(cloud: Cloud, call: TaskCall, resource: string, payload: Json, output: (answer: Json) => Json): void {
  const { functions } = cloud;
  call.report({ kind: 'task-started' });
  const { refusal } = ask(cloud, call, 'lambda:InvokeFunction', resource);
  if (refusal !== undefined) {
    const cause = `${refusal} (Service: Lambda, Status Code: 403, Request ID: simulated)`;
    call.report({ kind: 'task-failed', error: 'Lambda.AWSLambdaException', cause });
  } else if (!functions.has(resource)) {
    const cause = `Function not found: ${resource} (Service: Lambda, Status Code: 404, Request ID: simulated)`;
    call.report({ kind: 'task-failed', error: 'Lambda.ResourceNotFoundException', cause });
  } else {
    functions.start(resource, JSON.stringify(payload), (result) => {
      call.report(reportOf(result, output));
    });
  }
}

function reportOf(result: LoggedResult, output: (answer: Json) => Json): TaskReport {
  if (result.ok) return { kind: 'task-succeeded', output: output(JSON.parse(result.payload) as Json) };
  if (result.throttled !== undefined) {
    const cause = `${result.error.errorMessage} (Service: Lambda, Status Code: 429, Request ID: simulated)`;
    return { kind: 'task-failed', error: 'Lambda.TooManyRequestsException', cause };
  }
  return { kind: 'task-failed', error: result.error.errorType, cause: JSON.stringify(result.error) };
}
