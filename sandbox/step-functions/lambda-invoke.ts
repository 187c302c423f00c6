import { accountOf } from '../../aws/arn.ts';
import { denialMessage } from '../../policies/iam/denial-message.ts';
import type { AccessRequest } from '../../policies/iam/request.ts';
import type { Json } from '../workflow/json.ts';
import type { InvocationResult } from '../lambda/execution-environment.ts';
import type { Integration, TaskReport } from './integration.ts';

/** `arn:aws:states:::lambda:invoke`, the request-response form (connect-lambda). */
export const lambdaInvoke: Integration = ({ authorize, functions, simulation }, call) => {
  const { FunctionName: functionArn = '', Payload: payload = {} } = call.arguments;
  const resource = typeof functionArn === 'string' ? functionArn : '';
  const request: AccessRequest = {
    principal: call.principal,
    action: 'lambda:InvokeFunction',
    resource,
    resourceAccount: accountOf(resource),
    context: { 'aws:RequestedRegion': call.region },
  };
  call.report({ kind: 'task-started' });
  const decision = authorize(request);
  if (!decision.allowed) {
    const cause = `${denialMessage(request, decision)} (Service: Lambda, Status Code: 403, Request ID: simulated)`;
    call.report({ kind: 'task-failed', error: 'Lambda.AWSLambdaException', cause });
  } else if (!functions.has(resource)) {
    const cause = `Function not found: ${resource} (Service: Lambda, Status Code: 404, Request ID: simulated)`;
    call.report({ kind: 'task-failed', error: 'Lambda.ResourceNotFoundException', cause });
  } else {
    simulation.work(
      (begin) => functions.invoke(resource, JSON.stringify(payload), begin),
      (result) => {
        call.report(reportOf(result));
      },
    );
  }
  return undefined;
};

function reportOf(result: InvocationResult): TaskReport {
  if (result.ok) {
    const output = { ExecutedVersion: '$LATEST', Payload: JSON.parse(result.payload) as Json, StatusCode: 200 };
    return { kind: 'task-succeeded', output };
  }
  return { kind: 'task-failed', error: result.error.errorType, cause: JSON.stringify(result.error) };
}
