import { iamAction } from '@crosswind/aws/iam-action';
import { isUnresolved, type Json, type JsonObject, objectOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { requestedResource } from '@crosswind/aws/requested-resource';
import type { StateMachineResource } from '../state-machines.ts';
import type { Caller, Cause, PlannedCall } from './planned-call.ts';
import type { Places } from './places.ts';

/** A call as an integration makes it, before it is known who makes it. */
export type IntegrationCall = Pick<PlannedCall, 'action' | 'resource' | 'doubt'>;

/** `arn:aws:states:::<service>:<operation><suffix>`, with `aws-sdk:` before the service or without. */
const integration = /^arn:[^:]+:states:::(aws-sdk:)?([^:]+):([^.:]+)(.*)$/;

/** Calls of a Task state: those of its integration, as the role that it names in `Credentials` or as the machine's own. */
export function taskCalls(
  name: string,
  state: JsonObject,
  { machine, path, places }: { readonly machine: StateMachineResource; readonly path: string; readonly places: Places },
): readonly PlannedCall[] {
  const by: Cause = { path, part: `state "${name}"` };
  const roleArn = textOf(objectOf(state['Credentials'])['RoleArn'] ?? objectOf(state['Credentials'])['RoleArn.$']);
  const own: Caller = { kind: 'role', arn: machine.roleArn };
  const calls = integrationCalls(textOf(state['Resource']), argumentsOf(state), machine);
  const as = (caller: Caller, call: IntegrationCall): PlannedCall => ({
    caller,
    resourceAccount: places.accountOf(call.resource) || machine.account,
    context: {},
    by,
    ...call,
  });
  if (roleArn === '') return calls.map((call) => as(own, call));
  const known = isKnown(roleArn);
  const assume: PlannedCall = {
    ...as(own, { action: 'sts:AssumeRole', resource: known ? roleArn : '*' }),
    // Step Functions sends it along (concepts-access-cross-acct-resources).
    context: { 'sts:ExternalId': machine.arn },
    ...(!known && { doubt: `only a run knows the role that ${by.part} assumes: ${roleArn}` }),
  };
  return [assume, ...(known ? calls.map((call) => as({ kind: 'role', arn: roleArn }, call)) : [])];
}

/** The arguments of a state: `Arguments` of JSONata, `Parameters` of JSONPath, whose expressions are named with `.$`. */
export const argumentsOf = (state: JsonObject): JsonObject =>
  objectOf(state['Arguments'] ?? Object.fromEntries(Object.entries(objectOf(state['Parameters'])).map(unsuffixed)));

/** A value of JSONPath that is an expression becomes one of JSONata's form, so that one test finds both. */
const unsuffixed = ([key, value]: readonly [string, Json]): readonly [string, Json] =>
  key.endsWith('.$') ? [key.slice(0, -2), `{% ${textOf(value)} %}`] : [key, value];

/** True if a text is known before a run. */
export const isKnown = (text: string): boolean => text !== '' && !text.startsWith('{%') && !isUnresolved(text);

function integrationCalls(
  resource: string,
  given: JsonObject,
  machine: StateMachineResource,
): readonly IntegrationCall[] {
  const [, sdk, service = '', operation = '', suffix = ''] = integration.exec(resource) ?? [];
  if (/^arn:[^:]+:lambda:/.test(resource)) return [{ action: 'lambda:InvokeFunction', resource }];
  // A worker asks for the work of an activity: the role makes no call.
  if (service === '') return [];
  if (sdk === undefined && service === 'lambda') return [invocation(textOf(given['FunctionName']), machine)];
  if (sdk === undefined && service === 'states') return startCalls(textOf(given['StateMachineArn']), suffix, machine);
  const { arn, isAssumed } = requestedResource(service, textsOf(given), undefined);
  const call = { action: iamAction(service, operation), resource: arn };
  const doubts = [
    ...(isAssumed ? [`the resource of ${call.action} is not known from the arguments of the state`] : []),
    ...(suffix.startsWith('.sync') ? [`what ${service}:${operation}${suffix} calls to wait is not known here`] : []),
  ];
  return [doubts.length === 0 ? call : { ...call, doubt: doubts.join('; ') }];
}

/** `FunctionName` may be a name, a partial ARN or an ARN, each with a qualifier (API_Invoke). */
function invocation(name: string, { account, region }: StateMachineResource): IntegrationCall {
  const action = 'lambda:InvokeFunction';
  const prefix = `arn:${partitionOf(region)}:lambda:${region}:`;
  if (!isKnown(name)) {
    return { action, resource: `${prefix}${account}:function:*`, doubt: `only a run knows the function: ${name}` };
  }
  if (name.startsWith('arn:')) return { action, resource: name };
  const partial = /^(\d{12}):function:(.+)$/.exec(name);
  return { action, resource: `${prefix}${partial?.[1] ?? account}:function:${partial?.[2] ?? name}` };
}

/** Calls of a start; one that waits also polls and, when it is stopped, stops what it started (connect-stepfunctions). */
function startCalls(
  machineArn: string,
  suffix: string,
  { account, region }: StateMachineResource,
): readonly IntegrationCall[] {
  const known = isKnown(machineArn);
  const arn = known ? machineArn : `arn:${partitionOf(region)}:states:${region}:${account}:stateMachine:*`;
  const doubt = known ? {} : { doubt: `only a run knows the state machine: ${machineArn}` };
  const execution = `${arn.replace(':stateMachine:', ':execution:').replace(/(:execution:[^:]+):.*$/, '$1')}:*`;
  const started = [{ action: 'states:StartExecution', resource: arn, ...doubt }];
  if (!suffix.startsWith('.sync')) return started;
  const watched = ['states:DescribeExecution', 'states:StopExecution'];
  return [...started, ...watched.map((action) => ({ action, resource: execution, ...doubt }))];
}

const textsOf = (value: Json): readonly string[] => {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value as JsonObject).flatMap(textsOf) : [];
};
