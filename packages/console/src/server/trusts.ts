import { accountOf } from '@crosswind/aws/arn';
import { type Json, objectOf, textOf } from '@crosswind/aws/json';
import type { TrustModel } from '../models/organization.ts';
import { oneOrMany } from './granted-actions.ts';

/** Who may assume a role by a statement of its trust policy. */
export function trustsOf(statement: Json): readonly TrustModel[] {
  const { Effect: effect, Principal: principal, Condition: condition } = objectOf(statement);
  if (effect !== 'Allow') return [];
  const conditions = conditionTexts(condition);
  const who = typeof principal === 'string' ? [principal] : Object.values(objectOf(principal)).flatMap(oneOrMany);
  return who.map(textOf).map((each) => ({ who: each, account: accountIn(each), conditions }));
}

const accountIn = (who: string): string | null => {
  if (/^\d{12}$/.test(who)) return who;
  return who.startsWith('arn:') && accountOf(who) !== '' ? accountOf(who) : null;
};

/**
 * Keys of conditions in trust policies that have a name of their own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const known: ReadonlyMap<string, string> = new Map([
  ['sts:externalid', 'external id'],
  ['aws:principalarn', 'role'],
  ['aws:principalorgid', 'organization'],
  ['aws:principalaccount', 'account'],
  ['aws:sourceaccount', 'source account'],
  ['aws:sourcearn', 'source'],
]);

/** Operators that ask whether a value is one of the list. */
const plain = /^(String|Arn)(Equals|Like)(IfExists)?$/;

/** Conditions of a statement as half sentences, one for each key. */
export const conditionTexts = (condition: Json | undefined): readonly string[] =>
  Object.entries(objectOf(condition)).flatMap(([operator, keys]) =>
    Object.entries(objectOf(keys)).map(([key, value]) => {
      const values = oneOrMany(value).map(textOf).join(' or ');
      const name = known.get(key.toLowerCase());
      if (name !== undefined && operator === 'Null')
        return values === 'true' ? `no ${name} is given` : `${name} is given`;
      if (name === undefined || !plain.test(operator)) return `${operator} ${key} ${values}`;
      return operator.endsWith('IfExists') ? `${name} is ${values} if there is one` : `${name} is ${values}`;
    }),
  );
