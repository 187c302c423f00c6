import { type Json, type JsonObject, isObject, objectOf, textOf, without } from '@crosswind/aws/json';
import { actionsOfService, isAskedOn } from '@crosswind/iam/service-reference';
import { matchesWildcard } from '@crosswind/iam/wildcard';
import { filled } from '../../../policies/reach/representatives.ts';
import type { Place } from './statements.ts';

/** A statement that says more than before, or that denies no more. */
export interface Widening {
  readonly how:
    | 'further action'
    | 'all actions'
    | 'all resources'
    | 'other resource'
    | 'other account'
    | 'account outside'
    | 'everyone'
    | 'condition removed'
    | 'denial removed';
  /** Text that was added or removed. */
  readonly what: string;
  /** Undefined: the statement is gone. */
  readonly statement: JsonObject | undefined;
}

/** An account that the example does not have. */
export const outside = '999999999999';

export const textsOf = (value: Json | undefined): readonly string[] => [value ?? []].flat().map((each) => textOf(each));

/** Each way in which a statement can let more through. */
export function wideningsOf({ path, statement, stack }: Place, accounts: readonly string[]): readonly Widening[] {
  const other =
    accounts.find((account) => account !== stack.account && !JSON.stringify(statement).includes(account)) ?? outside;
  if (path === undefined) return ofPermission(statement, other);
  if (statement['Effect'] === 'Deny') {
    return [{ how: 'denial removed', what: textsOf(statement['Action']).join(', '), statement: undefined }];
  }
  return [
    ...actions(statement),
    ...resources(statement, other),
    ...principals(statement, other),
    ...conditions(statement),
  ];
}

function actions(statement: JsonObject): readonly Widening[] {
  const named = textsOf(statement['Action']);
  const [service = ''] = (named[0] ?? '').split(':');
  const resource = filled(textsOf(statement['Resource'])[0] ?? 'arn:aws:iam::111111111111:role/any');
  const further = actionsOfService(service).find(
    (action) =>
      isAskedOn(action, resource) &&
      !named.some((pattern) => matchesWildcard(pattern.toLowerCase(), action.toLowerCase())),
  );
  const added = (how: Widening['how'], action: string): readonly Widening[] =>
    named.includes(action) ? [] : [{ how, what: action, statement: { ...statement, Action: [...named, action] } }];
  return [...(further === undefined ? [] : added('further action', further)), ...added('all actions', `${service}:*`)];
}

function resources(statement: JsonObject, other: string): readonly Widening[] {
  const named = textsOf(statement['Resource']);
  if (named.length === 0 || named.includes('*')) return [];
  const added = (how: Widening['how'], resource: string): Widening => ({
    ...{ how, what: resource },
    statement: { ...statement, Resource: [...named, resource] },
  });
  // The policy on a resource speaks of no other.
  if (statement['Principal'] !== undefined) return [added('all resources', '*')];
  const [first = ''] = named;
  const foreign = first.endsWith(':role/*')
    ? first.replace(/:\d{12}:/, `:${other}:`)
    : first.replace(/([\w.-]+)((?:[:/]?\*)*)$/, '$1-other$2');
  return [added('all resources', '*'), ...(foreign === first ? [] : [added('other resource', foreign)])];
}

function principals(statement: JsonObject, other: string): readonly Widening[] {
  const { Principal } = statement;
  if (!isObject(Principal)) return [];
  const added = (how: Widening['how'], name: string): Widening => ({
    ...{ how, what: name },
    statement: { ...statement, Principal: { ...Principal, AWS: [...textsOf(Principal['AWS']), name] } },
  });
  return [added('other account', other), added('account outside', outside), added('everyone', '*')];
}

const conditions = (statement: JsonObject): readonly Widening[] =>
  Object.entries(objectOf(statement['Condition'])).flatMap(([operator, keys]) =>
    Object.keys(objectOf(keys)).map((key): Widening => {
      const left = { ...objectOf(statement['Condition']), [operator]: without(objectOf(keys), key) };
      const Condition = Object.fromEntries(
        Object.entries(left).filter(([, each]) => Object.keys(objectOf(each)).length > 0),
      );
      return { how: 'condition removed', what: `${operator} ${key}`, statement: { ...statement, Condition } };
    }),
  );

function ofPermission(properties: JsonObject, other: string): readonly Widening[] {
  const changed = (how: Widening['how'], what: string, change: JsonObject): Widening => ({
    ...{ how, what },
    statement: { ...properties, ...change },
  });
  return [
    changed('all actions', 'lambda:*', { Action: 'lambda:*' }),
    changed('other account', other, { Principal: other }),
    changed('account outside', outside, { Principal: outside }),
    changed('everyone', '*', { Principal: '*' }),
    ...['SourceArn', 'SourceAccount']
      .filter((key) => properties[key] !== undefined)
      .map((key): Widening => ({ how: 'condition removed', what: key, statement: without(properties, key) })),
  ];
}
