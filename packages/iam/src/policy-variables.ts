import type { ContextValues } from './context-values.ts';
import { isMultivalued } from './service-reference.ts';
import { UNKNOWN } from './truth.ts';
import { asLiteral } from './wildcard.ts';

const VARIABLE = /\$\{([^},]+)(?:,\s*'([^']*)'\s*)?\}/g;

/** True if the text contains a policy variable such as `${aws:PrincipalAccount}`. */
export const hasVariable = (text: string): boolean => text.includes('${');

/** True if a variable replaces a part of the text. Before the fifth colon of an ARN it is plain text. */
export const isTemplate = (arn: string): boolean => hasVariable(arn) && !hasVariable(arn.split(':', 5).join(':'));

/** The condition keys that the text's variables name. */
export const variablesIn = (text: string): readonly string[] =>
  [...text.matchAll(VARIABLE)].map(([, name = '']) => name.trim()).filter((name) => !isCharacter(name));

const isCharacter = (name: string): boolean => name === '*' || name === '?' || name === '$';

/**
 * The pattern with its variables replaced by what the request says; undefined when a variable has no single value and no
 * default, as one of a multivalued key never has, and unknown when its value cannot be known (AWS: "IAM policy elements: Variables and tags"). `${*}`, `${?}` and
 * `${$}` are those characters themselves.
 */
export function expandVariables(pattern: string, context: ContextValues): string | undefined | typeof UNKNOWN {
  const gaps = new Set<'no value' | 'unknown'>();
  const expanded = pattern.replace(VARIABLE, (_, padded: string, fallback: string | undefined) => {
    const name = padded.trim();
    if (isCharacter(name)) return asLiteral(name);
    const value = context.get(name.toLowerCase());
    if (typeof value === 'string') {
      gaps.add('unknown');
      return '';
    }
    const only = value?.length === 1 && !isMultivalued(name.toLowerCase()) ? value[0] : fallback;
    if (only === undefined) gaps.add('no value');
    return asLiteral(only ?? '');
  });
  if (gaps.has('no value')) return undefined;
  return gaps.has('unknown') ? UNKNOWN : expanded;
}
