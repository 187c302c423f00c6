import { type AwsJsonOperation, awsJsonService } from '../../aws-json/aws-json-service.ts';
import type { HttpService } from '../../endpoint.ts';
import { getActivityTask } from './activity-operations.ts';
import { admit, admitting } from './admit.ts';
import type { StatesApi, StatesOperation } from './states-api.ts';
import { STATES_OPERATIONS } from './states-operations.ts';
import type { ResourceHandler } from '../../service.ts';
import { updateStateMachine } from './update-state-machine.ts';
import { validateStateMachineDefinition } from './validate-definition.ts';

/** Operations over HTTP only. An operation that is neither here nor in `STATES_OPERATIONS` is refused by name. */
const OVER_HTTP: readonly (readonly [string, StatesOperation])[] = [
  ['ValidateStateMachineDefinition', admitting('ValidateStateMachineDefinition', validateStateMachineDefinition)],
];

/** Step Functions over HTTP for the SDK and the AWS CLI; what each caller may do is decided by the deployed policies. */
export function stepFunctionsService(api: StatesApi, stateMachines: ResourceHandler): HttpService {
  const atOnce = [...STATES_OPERATIONS, ...OVER_HTTP].map(([name, operation]): readonly [string, AwsJsonOperation] => [
    name,
    (call) => operation(api, call),
  ]);
  const waitForTask: AwsJsonOperation = (call) => {
    admit(api, 'GetActivityTask', call);
    return getActivityTask(api, call);
  };
  return awsJsonService({
    title: 'Step Functions',
    signingName: 'states',
    target: 'AWSStepFunctions',
    version: '1.0',
    operations: new Map([
      ...atOnce,
      ['GetActivityTask', waitForTask],
      ['UpdateStateMachine', updateStateMachine(api, stateMachines)],
    ]),
  });
}
