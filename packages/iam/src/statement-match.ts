import { arnSegments, matchesArn } from './arn-pattern.ts';
import { isMet, type Condition } from './condition.ts';
import { expandVariables } from './policy-variables.ts';
import { granteeOf, isSpared, type Grantee } from './principal-element.ts';
import type { Question } from './question.ts';
import type { ResourcePattern, Statement } from './statement.ts';
import { not, some, UNKNOWN, type Truth } from './truth.ts';
import { matchesWildcard } from './wildcard.ts';

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
  if (!namesAction(statement, question)) return MISS.action;
  const grantee = grantedAs(statement, question);
  if (grantee === undefined) return MISS.principal;
  const onResource = namesResource(statement, question);
  if (onResource === false) return MISS.resource;
  let applies: Truth = onResource;
  let unmet: Condition[] | undefined;
  for (const condition of statement.conditions) {
    const met = isMet(condition, question.context);
    if (met === false) (unmet ??= []).push(condition);
    else if (met === UNKNOWN) applies = UNKNOWN;
  }
  return unmet === undefined ? { applies, grantee } : { applies: false, failed: 'condition', unmet };
}

function namesAction({ actions }: Statement, { action }: Question): boolean {
  return actions.values.some((pattern) => matchesWildcard(pattern, action)) !== actions.negated;
}

function grantedAs({ principals }: Statement, { request, bounded }: Question): Grantee | undefined {
  if (principals === undefined) return 'role';
  if (principals.negated) return isSpared(principals.values, request.principal, bounded) ? undefined : 'everyone';
  return granteeOf(principals.values, request.principal);
}

function namesResource({ resources }: Statement, question: Question): Truth {
  if (resources === undefined) return true;
  const named = some(resources.values, (pattern) => covers(pattern, question));
  return resources.negated ? not(named) : named;
}

function covers(pattern: ResourcePattern, { resource, context }: Question): Truth {
  if (pattern.segments !== undefined) return matchesArn(pattern.segments, resource);
  const expanded = expandVariables(pattern.text, context);
  if (expanded === UNKNOWN) return UNKNOWN;
  return expanded !== undefined && matchesArn(arnSegments(expanded), resource);
}
