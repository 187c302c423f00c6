import { hasLaterAttributes } from '@crosswind/assembly/resource-identity';
import { type Json, type JsonObject, isArray, isObject, objectOf, textOf, unresolved } from '@crosswind/aws/json';

/** A statement of a policy, with the names of its elements as IAM documents them. */
export type Statement = JsonObject;

const elements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** Statement that may allow anything to anybody, in the place of one that only the deployment knows. */
const unknownStatement: Statement = {
  Effect: 'Allow',
  Principal: unresolved,
  Action: unresolved,
  Resource: unresolved,
};

/** A value, or the values of a list; none where it is absent. */
export const manyOf = (value: Json | undefined): readonly Json[] =>
  isArray(value) ? value : value === undefined ? [] : [value];

/** Texts of an element; parts that only the deployment knows read `<unresolved>`. */
export const textsOf = (value: Json | undefined): readonly string[] => manyOf(value).map(known);

function known(value: Json): string {
  if (hasLaterAttributes(value)) return unresolved;
  return textOf(value).replace(/\{\{resolve:[^}]*\}\}/g, unresolved);
}

/** The most that a text could stand for: what is unknown in it is any text. */
export const atMost = (text: string): string => text.replaceAll(unresolved, '*');

/** Statements of a document. Whatever in it is no statement may be any. */
export const statementsOf = (document: Json): readonly Statement[] =>
  isObject(document) ? manyOf(document['Statement']).map(statementOf) : [unknownStatement];

const statementOf = (statement: Json): Statement =>
  isObject(statement)
    ? Object.fromEntries(Object.entries(statement).map(([key, value]) => [elementOf(key), value]))
    : unknownStatement;

const elementOf = (key: string): string => elements.find((name) => name.toLowerCase() === key.toLowerCase()) ?? key;

/** True unless the statement certainly denies. */
export const isAllow = ({ Effect: effect }: Statement): boolean => effect !== 'Deny';

/** A condition of a statement: values of one key under one operator. */
export interface ConditionKey {
  /** As written, for example `ForAnyValue:StringLike`. */
  readonly operator: string;
  /** In lower case. */
  readonly key: string;
  readonly values: readonly string[];
}

export const conditionsOf = ({ Condition: condition }: Statement): readonly ConditionKey[] =>
  Object.entries(objectOf(condition)).flatMap(([operator, keys]) =>
    Object.entries(objectOf(keys)).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: textsOf(values),
    })),
  );

/** Operators that ask for one of the values, and fail where the key is absent: `…IfExists` and `ForAllValues:` pass then. */
export const isBinding = (operator: string): boolean =>
  /^(ForAnyValue:)?(String(Equals|Like|EqualsIgnoreCase)|Arn(Equals|Like)|IpAddress)$/i.test(operator);

/** True for an operator in whose values `*` and `?` are wildcards. */
export const hasWildcards = (operator: string): boolean => /(Like|Arn(Equals|Like))$/i.test(operator);

/** True if `text` has the form of `pattern`, in which `*` is any text and `?` any character; letter case is ignored. */
export function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'is').test(text);
}

/** The statement as a finding prints it. */
export function printed(statement: Statement): string {
  const text = JSON.stringify(statement === unknownStatement ? unresolved : statement);
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}
