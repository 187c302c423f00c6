import type { StatesApi } from '../api/states-api.ts';
import type { Execution } from '../runtime/execution.ts';
import type { Integration, TaskCall, TaskReport } from '../../tasks/integration.ts';
import { ask, calledIn } from '../../tasks/ask.ts';

/** Parts of Step Functions that start an execution. */
export type StartPorts = Pick<StatesApi, 'authorize' | 'stateMachines' | 'executions' | 'throttling'>;

export type StartedChild =
  { readonly ok: true; readonly execution: Execution } | { readonly ok: false; readonly failure: TaskReport };

/** Starts the state machine that the task names, if the caller may (connect-stepfunctions). */
export function startChild(
  { authorize, stateMachines, executions, throttling }: StartPorts,
  call: TaskCall,
): StartedChild {
  const { StateMachineArn: target, Name: name, Input: input = {} } = call.arguments;
  const stateMachineArn = typeof target === 'string' ? target : '';
  const { refusal } = ask(authorize, call, 'states:StartExecution', stateMachineArn);
  if (refusal !== undefined) {
    return { ok: false, failure: failure('AWSStepFunctionsException', refusal, 'AccessDeniedException') };
  }
  const type = stateMachines.get(stateMachineArn)?.type ?? 'STANDARD';
  if (!throttling.admitsStart(calledIn(call), type)) {
    return { ok: false, failure: failure('AWSStepFunctionsException', 'Rate exceeded', 'ThrottlingException') };
  }
  const started = executions.start({ stateMachineArn, name: typeof name === 'string' ? name : undefined, input });
  if (started.ok) return started;
  return { ok: false, failure: failure(`${started.code}Exception`, started.message, started.code) };
}

/** Answer of StartExecution, as a task gets it. */
export const startAnswer = ({
  arn,
  startedAt,
}: Execution): { readonly ExecutionArn: string; readonly StartDate: number } => ({
  ExecutionArn: arn,
  StartDate: startedAt,
});

/** `arn:aws:states:::states:startExecution`: the task ends when the other execution has begun. */
export const startExecution =
  (ports: StartPorts): Integration =>
  (call) => {
    call.report({ kind: 'task-started' });
    const started = startChild(ports, call);
    call.report(started.ok ? { kind: 'task-succeeded', output: startAnswer(started.execution) } : started.failure);
    return undefined;
  };

/** How a call of Step Functions fails, in AWS's words. */
export const failure = (exception: string, message: string, code: string): TaskReport => ({
  kind: 'task-failed',
  error: `StepFunctions.${exception}`,
  cause: `${message} (Service: AWSStepFunctions; Status Code: 400; Error Code: ${code}; Request ID: simulated)`,
});
