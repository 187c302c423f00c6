import { objectOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { statesOf } from '../cross-account-starts.ts';
import type { Stack } from '../resolve.ts';
import { toStateMachine } from '../state-machines.ts';
import { distributedMapCalls } from './map-calls.ts';
import type { Places } from './places.ts';
import type { PlannedCall } from './planned-call.ts';
import { taskCalls } from './task-calls.ts';

/** Delivery of logs is a matter of the account, so its actions have no resource (cw-logs, "IAM policies for logging"). */
const logging = [
  'CreateLogDelivery',
  'DeleteLogDelivery',
  'DescribeLogGroups',
  'DescribeResourcePolicies',
  'GetLogDelivery',
  'ListLogDeliveries',
  'PutResourcePolicy',
  'UpdateLogDelivery',
].map((name) => `logs:${name}`);

/** concepts-xray-tracing, "IAM policies". */
const tracing = ['PutTraceSegments', 'PutTelemetryRecords', 'GetSamplingRules', 'GetSamplingTargets'].map(
  (name) => `xray:${name}`,
);

/** Calls of every state machine of a stack. */
export function workflowCalls(stack: Stack, places: Places): readonly PlannedCall[] {
  return stack.resources
    .filter(({ type }) => type === 'AWS::StepFunctions::StateMachine')
    .flatMap((resource) => {
      const machine = toStateMachine(stack, resource);
      const { path } = resource;
      const own = (part: string, call: Pick<PlannedCall, 'action' | 'resource' | 'doubt'>): PlannedCall => ({
        caller: { kind: 'role', arn: machine.roleArn },
        resourceAccount: places.accountOf(call.resource) || machine.account,
        context: {},
        by: { path, part },
        ...call,
      });
      const telemetry = [
        ...(machine.logGroupArn === undefined ? [] : logging.map((action) => ['logs', action] as const)),
        ...(machine.traced ? tracing.map((action) => ['traces', action] as const) : []),
      ];
      const { KmsKeyId } = objectOf(resource.properties['EncryptionConfiguration']);
      const key = textOf(KmsKeyId);
      const keyArn = key.startsWith('arn:')
        ? key
        : `arn:${partitionOf(stack.region)}:kms:${stack.region}:${stack.account}:key/${key}`;
      return [
        ...statesOf(machine.definition).flatMap(([name, state]) => {
          if (textOf(state['Type']) === 'Task') return taskCalls(name, state, { machine, path, places });
          return distributedMapCalls(state, machine).map((call) => own(`state "${name}"`, call));
        }),
        // Data at rest (Step Functions Developer Guide, "encryption-at-rest").
        ...(key === '' ? [] : ['kms:Decrypt', 'kms:GenerateDataKey']).map((action) =>
          own('data at rest', { action, resource: keyArn }),
        ),
        ...telemetry.map(([part, action]) => own(part, { action, resource: '*' })),
      ];
    });
}
