import { isObject } from '@crosswind/aws/json';
import { type Statement, atMost, textsOf } from './statement.ts';

/** Principals of a statement that are everybody, or that could be, because only the deployment knows them. */
export function everybodyIn({ Principal: principal, NotPrincipal: except }: Statement): readonly string[] {
  if (except !== undefined) return [`everybody but ${JSON.stringify(except)}`];
  const named = isObject(principal) ? Object.values(principal).flatMap(textsOf) : textsOf(principal);
  return [...new Set(named.filter(isEverybody))].map((name) =>
    name === '*' ? 'everybody (*)' : `a principal that only the deployment knows (${name})`,
  );
}

/** True for `*`, and for a principal that only the deployment knows. */
export const isEverybody = (principal: string): boolean => /^\*+$/.test(atMost(principal));
