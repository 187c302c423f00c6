import { AwsJsonError } from '../../aws-json/aws-json-error.ts';

/** Error codes of the operations, besides those shared with other services. The messages are AWS's, as recorded. */
type Code =
  | 'ActivityDoesNotExist'
  | 'ExecutionAlreadyExists'
  | 'ExecutionDoesNotExist'
  | 'ExecutionLimitExceeded'
  | 'ExecutionNotRedrivable'
  | 'InvalidArn'
  | 'InvalidExecutionInput'
  | 'InvalidName'
  | 'InvalidOutput'
  | 'InvalidToken'
  | 'MissingRequiredParameter'
  | 'ResourceNotFound'
  | 'StateMachineDoesNotExist'
  | 'StateMachineTypeNotSupported'
  | 'TaskDoesNotExist'
  | 'TaskTimedOut'
  | 'ValidationException';

export const statesError = (code: Code, message: string): AwsJsonError => new AwsJsonError(code, message);

export const noStateMachine = (arn: string): AwsJsonError =>
  statesError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);

export const noExecution = (arn: string): AwsJsonError =>
  statesError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);

export const noActivity = (arn: string): AwsJsonError =>
  statesError('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`);

/** AWS's own words are not documented. */
export const noMapRun = (arn: string): AwsJsonError => statesError('ResourceNotFound', `Resource not found: '${arn}'`);
