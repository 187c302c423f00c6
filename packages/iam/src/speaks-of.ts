import { isMet } from './condition.ts';
import { questionOf } from './question.ts';
import type { AccessRequest } from './request.ts';
import { matchStatement } from './statement-match.ts';
import type { Statement } from './statement.ts';
import type { Truth } from './truth.ts';

/** True if a statement applies to a request, whether it allows or denies; unknown if the request does not say enough. */
export const speaksOf = (statement: Statement, request: AccessRequest): Truth =>
  matchStatement(statement, questionOf(request)).applies;

/** True if a statement may apply to the request with other condition keys. */
export function concerns(statement: Statement, request: AccessRequest): boolean {
  const match = matchStatement(statement, questionOf(request));
  return match.applies !== false || match.failed === 'condition';
}

/** True if a request meets every condition of the statement on a key, which is in lower case. */
export function meetsConditionsOn(statement: Statement, key: string, request: AccessRequest): boolean {
  const { context } = questionOf(request);
  return statement.conditions.every((condition) => condition.contextKey !== key || isMet(condition, context) === true);
}
