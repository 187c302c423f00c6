import { type Statement, atMost, conditionsOf, isBinding, textsOf } from './statement.ts';

/** Actions of a statement as it could be: `*` in the place of what is not known. */
export const actionPatterns = ({ Action: action }: Statement): readonly string[] => textsOf(action).map(atMost);

/** Resources of a statement as it could be. */
export const resourcePatterns = ({ Resource: resource }: Statement): readonly string[] => textsOf(resource).map(atMost);

/** True for every action, and for every action of one service. */
export function isWholeService(action: string): boolean {
  const [service = '', name] = action.split(/:(.*)/s);
  return /[*?]/.test(service) || (name !== undefined && /^[*?]*\*[*?]*$/.test(name));
}

/** True for `*`, and for an ARN that names neither a resource nor a type: `arn:aws:s3:::*`, `arn:aws:s3:::*\/*`. */
export function isEverything(resource: string): boolean {
  if (/^[*?]+$/.test(resource)) return true;
  const parts = resource.split(':');
  if (parts[0] !== 'arn') return isWildcards(resource);
  // A wildcard that ends the ARN early matches what would follow.
  return isWildcards(parts.length < 6 ? (parts.at(-1) ?? '') : parts.slice(5).join(':'));
}

const isWildcards = (text: string): boolean => /^[*?/:]*\*[*?/:]*$/.test(text);

/** True for a name of a resource with a wildcard in it: `arn:aws:iam::111111111111:role/app-*`. */
export const isBroad = (resource: string): boolean =>
  isEverything(resource) || /[*?]/.test(resource.split(':').slice(5).join(':'));

const resourceKeys = /^([a-z0-9-]+:resourcetag\/.+|kms:resourcealiases)$/;

/** A policy of an account: as a boundary, one of AWS or of a pattern may be that of administrators. */
const boundary = /^arn:[^:*?]+:iam::\d{12}:policy\/[^*?]+$/;

/** True if a value of a condition key names resources, or a boundary. */
const names = (key: string, value: string): boolean =>
  key === 'iam:permissionsboundary'
    ? boundary.test(atMost(value))
    : resourceKeys.test(key) && /[^*?]/.test(atMost(value));

/** True if a condition narrows the resources of a statement, or asks new principals for a boundary. */
export const namesResourcesByCondition = (statement: Statement): boolean =>
  conditionsOf(statement).some(
    ({ operator, key, values }) =>
      isBinding(operator) && values.length > 0 && values.every((value) => names(key, value)),
  );
