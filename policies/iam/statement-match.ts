import { arnSegments, matchesArn } from './arn-pattern.ts';
import { isMet, type Condition } from './condition.ts';
import { expandVariables } from './policy-variables.ts';
import { granteeOf, isSpared, type Grantee } from './principal-element.ts';
import type { Question } from './request.ts';
import type { ResourcePattern, Statement } from './statement.ts';
import { matchesWildcard } from './wildcard.ts';

/** How a statement relates to a request: it applies, or the first element in which it does not. */
export type Match =
  | { readonly applies: true; readonly grantee: Grantee }
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
  if (!namesResource(statement, question)) return MISS.resource;
  const unmet = statement.conditions.filter((condition) => !isMet(condition, question.context));
  return unmet.length === 0 ? { applies: true, grantee } : { applies: false, failed: 'condition', unmet };
}

function namesAction({ actions }: Statement, { action }: Question): boolean {
  return actions.values.some((pattern) => matchesWildcard(pattern, action)) !== actions.negated;
}

function grantedAs({ principals }: Statement, { request }: Question): Grantee | undefined {
  if (principals === undefined) return 'role';
  if (principals.negated) return isSpared(principals.values, request.principal) ? undefined : 'everyone';
  return granteeOf(principals.values, request.principal);
}

function namesResource({ resources }: Statement, question: Question): boolean {
  if (resources === undefined) return true;
  return resources.values.some((pattern) => covers(pattern, question)) !== resources.negated;
}

function covers(pattern: ResourcePattern, { resource, context }: Question): boolean {
  if (pattern.segments !== undefined) return matchesArn(pattern.segments, resource);
  const expanded = expandVariables(pattern.text, context);
  return expanded !== undefined && matchesArn(arnSegments(expanded), resource);
}
