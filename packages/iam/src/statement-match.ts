import { isUnresolved } from '@crosswind/aws/json';
import { arnSegments, matchesArn } from './arn-pattern.ts';
import { isMet, type Condition } from './condition.ts';
import { expandVariables } from './policy-variables.ts';
import { granteeOf, isSpared, mayName, type Grantee } from './principal-element.ts';
import type { Question } from './question.ts';
import type { ResourcePattern, Statement } from './statement.ts';
import { not, some, UNKNOWN, type Truth } from './truth.ts';
import { mayMatchWildcard } from './wildcard.ts';

/**
 * How a statement relates to a request: it applies, or the first element in which it does not; or that cannot be known,
 * because it depends on what the request does not say.
 */
export type Match =
  | { readonly applies: true | typeof UNKNOWN; readonly grantee: Grantee }
  | { readonly applies: false; readonly failed: 'action' | 'principal' | 'resource' }
  | { readonly applies: false; readonly failed: 'condition'; readonly unmet: readonly Condition[] };

const MISS = {
  action: { applies: false, failed: 'action' },
  principal: { applies: false, failed: 'principal' },
  resource: { applies: false, failed: 'resource' },
} as const;

/** Compares one statement with one request. */
export function matchStatement(statement: Statement, question: Question): Match {
  const onAction = namesAction(statement, question);
  if (onAction === false) return MISS.action;
  const { to, grantee } = grantedAs(statement, question);
  if (to === false) return MISS.principal;
  const onResource = namesResource(statement, question);
  if (onResource === false) return MISS.resource;
  let applies: typeof UNKNOWN | true = onAction === true && to === true ? onResource : UNKNOWN;
  let unmet: Condition[] | undefined;
  for (const condition of statement.conditions) {
    const met = isMet(condition, question.context);
    if (met === false) (unmet ??= []).push(condition);
    else if (met === UNKNOWN) applies = UNKNOWN;
  }
  return unmet === undefined ? { applies, grantee } : { applies: false, failed: 'condition', unmet };
}

function namesAction({ actions }: Statement, { action }: Question): Truth {
  const named = some(actions.values, (pattern) => mayMatchWildcard(pattern, action));
  return actions.negated ? not(named) : named;
}

function grantedAs(
  { principals }: Statement,
  { request, bounded }: Question,
): { readonly to: Truth; readonly grantee: Grantee } {
  if (principals === undefined) return { to: true, grantee: 'role' };
  const { values, negated } = principals;
  const otherwise = mayName(values, request.principal) ? UNKNOWN : false;
  if (negated) {
    const spared = isSpared(values, request.principal, bounded) || (bounded ? false : otherwise);
    return { to: not(spared), grantee: 'everyone' };
  }
  const grantee = granteeOf(values, request.principal);
  return grantee === undefined ? { to: otherwise, grantee: 'everyone' } : { to: true, grantee };
}

function namesResource({ resources }: Statement, question: Question): Truth {
  if (resources === undefined) return true;
  const { isResourceAssumed = false } = question.request;
  const named = some(resources.values, (pattern) => covers(pattern, question) || (isResourceAssumed ? UNKNOWN : false));
  return resources.negated ? not(named) : named;
}

function covers(pattern: ResourcePattern, { request, resource, context }: Question): Truth {
  if (pattern.segments !== undefined) return matchesArn(pattern.segments, resource);
  const expanded = expandVariables(pattern.text, context);
  if (expanded === UNKNOWN) return UNKNOWN;
  if (expanded === undefined) return false;
  // An unresolved part may hold several segments, so the ARN is compared as a whole.
  if (isUnresolved(expanded)) return mayMatchWildcard(expanded, request.resource);
  return matchesArn(arnSegments(expanded), resource);
}
