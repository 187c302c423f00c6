import { type JsonObject, textOf } from '@crosswind/aws/json';
import { arnHere, type CallPlace, type Form, isKnown, named, onlyARunKnows, type Target } from './integration-calls.ts';

export const table: Form = { noun: 'table', service: 'dynamodb', resource: (name) => `table/${name}` };

const machine: Form = { noun: 'state machine', service: 'states', resource: (name) => `stateMachine:${name}` };

/** The state machine of an argument. */
export const machineTarget = (given: JsonObject, place: CallPlace): Target =>
  named(place, machine, given['StateMachineArn']);

/** `FunctionName` may be a name, a partial ARN or an ARN, each with a qualifier (API_Invoke). */
export function functionTarget({ FunctionName }: JsonObject, place: CallPlace): Target {
  const name = textOf(FunctionName);
  if (!isKnown(name)) {
    return { resource: arnHere(place, 'lambda', 'function:*'), doubt: onlyARunKnows('function', name) };
  }
  if (name.startsWith('arn:')) return { resource: name };
  const [, account = place.account, rest = name] = /^(\d{12}):function:(.+)$/.exec(name) ?? [];
  return { resource: arnHere({ ...place, account }, 'lambda', `function:${rest}`) };
}
