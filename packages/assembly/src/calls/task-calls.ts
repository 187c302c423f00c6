import { accountOf } from '@crosswind/aws/arn';
import { iamAction } from '@crosswind/aws/iam-action';
import { type Json, type JsonObject, textOf } from '@crosswind/aws/json';
import { requestedResource } from '@crosswind/aws/requested-resource';
import type { StateMachineResource } from '../state-machines.ts';
import { argumentsOf, type CallPlace, type IntegrationCall, isKnown } from './integration-calls.ts';
import { optimizedCalls } from './optimized-integrations.ts';
import type { Caller, Cause, PlannedCall } from './planned-call.ts';
import type { Places } from './places.ts';
import { sdkTarget } from './sdk-integrations.ts';

/** `arn:aws:states:::<service>:<operation><suffix>`, with `aws-sdk:` before the service or without. */
const integration = /^arn:[^:]+:states:::(aws-sdk:)?([^:]+):([^.:]+)(.*)$/;

/** Calls of a Task state: those of its integration, as the role that it names in `Credentials` or as the machine's own. */
export function taskCalls(
  name: string,
  state: JsonObject,
  { machine, path, places }: { readonly machine: StateMachineResource; readonly path: string; readonly places: Places },
): readonly PlannedCall[] {
  const by: Cause = { path, part: `state "${name}"` };
  const roleArn = textOf(argumentsOf({ Parameters: state['Credentials'] ?? {} })['RoleArn']);
  const own: Caller = { kind: 'role', arn: machine.roleArn };
  const known = roleArn === '' || isKnown(roleArn);
  // What a name means depends on whose role it is.
  const account = (known && accountOf(roleArn)) || machine.account;
  const place: CallPlace = { account, region: machine.region, machineArn: machine.arn };
  const as = (caller: Caller, call: IntegrationCall): PlannedCall => ({
    caller,
    resourceAccount: places.accountOf(call.resource) || account,
    context: {},
    by,
    ...call,
  });
  const made = (caller: Caller): readonly PlannedCall[] =>
    integrationCalls(textOf(state['Resource']), argumentsOf(state), { place, isOwnRole: roleArn === '' }).map((call) =>
      as(caller, call),
    );
  if (roleArn === '') return made(own);
  const assume: PlannedCall = {
    ...as(own, { action: 'sts:AssumeRole', resource: known ? roleArn : '*' }),
    // Step Functions sends it along (concepts-access-cross-acct-resources).
    context: { 'sts:ExternalId': machine.arn },
    ...(!known && { doubt: `only a run knows the role that ${by.part} assumes: ${roleArn}` }),
  };
  return [assume, ...(known ? made({ kind: 'role', arn: roleArn }) : [])];
}

function integrationCalls(
  resource: string,
  given: JsonObject,
  acting: { readonly place: CallPlace; readonly isOwnRole: boolean },
): readonly IntegrationCall[] {
  if (/^arn:[^:]+:lambda:/.test(resource)) return [{ action: 'lambda:InvokeFunction', resource }];
  const [, sdk, service = '', operation = '', suffix = ''] = integration.exec(resource) ?? [];
  // A worker asks for the work of an activity: the role makes no call.
  if (service === '') return [];
  const known = sdk === undefined ? optimizedCalls(`${service}:${operation}`, suffix, given, acting) : undefined;
  if (known) return known;
  const action = iamAction(service, operation);
  const target = sdkTarget(action, given, acting.place) ?? requested(service, operation, action, given);
  const doubts = [
    ...(target.doubt === undefined ? [] : [target.doubt]),
    ...(suffix.startsWith('.sync')
      ? [`what ${service}:${operation}${suffix} calls to wait is not known here: add it to ${optimizedTable}`]
      : []),
  ];
  return [{ action, ...target, ...(doubts.length > 0 && { doubt: doubts.join('; ') }) }];
}

const optimizedTable = 'packages/assembly/src/calls/optimized-integrations.ts';
const sdkTable = 'packages/assembly/src/calls/sdk-integrations.ts';

/** The resource whose ARN is anywhere in the arguments. */
function requested(
  service: string,
  operation: string,
  action: string,
  given: JsonObject,
): Pick<IntegrationCall, 'resource' | 'doubt'> {
  const { arn, isAssumed } = requestedResource(service, textsOf(given), undefined);
  if (!isAssumed) return { resource: arn };
  return {
    resource: arn,
    doubt: `the resource of ${action} is not known from the arguments of the state: add ${service}:${operation} to ${sdkTable}`,
  };
}

const textsOf = (value: Json): readonly string[] => {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value as JsonObject).flatMap(textsOf) : [];
};
