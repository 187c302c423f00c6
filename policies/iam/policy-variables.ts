import type { ContextValues } from './request.ts';
import { asLiteral } from './wildcard.ts';

const VARIABLE = /\$\{\s*([^},]+?)\s*(?:,\s*'([^']*)'\s*)?\}/g;

/** Whether the text holds a policy variable such as `${aws:PrincipalAccount}`. */
export const hasVariable = (text: string): boolean => text.includes('${');

/**
 * The pattern with its variables replaced by what the request says, or undefined when a variable has no single value and
 * no default (AWS: "IAM policy elements: Variables and tags"); `${*}`, `${?}` and `${$}` are those characters themselves.
 */
export function expandVariables(pattern: string, context: ContextValues): string | undefined {
  const unknown: string[] = [];
  const expanded = pattern.replace(VARIABLE, (_, name: string, fallback: string | undefined) => {
    if (name === '*' || name === '?' || name === '$') return asLiteral(name);
    const values = context.get(name.toLowerCase()) ?? [];
    const value = values.length === 1 ? values[0] : fallback;
    if (value === undefined) unknown.push(name);
    return asLiteral(value ?? '');
  });
  return unknown.length === 0 ? expanded : undefined;
}
