import { accountOf } from '@crosswind/aws/arn';
import { concerns, meetsConditionsOn } from '@crosswind/iam/speaks-of';
import type { Statement } from '@crosswind/iam/statement';
import { anyName, keysOfResource } from './decide-call.ts';
import { type Asked, type DecidingSide, requestTo } from './decide-request.ts';
import { filled } from './representatives.ts';

type Keys = Asked['keys'];
type Condition = Statement['conditions'][number];

/** Keys whose values follow from who asks for what, in lower case. */
const following = new Set(
  (
    'aws:principalaccount aws:principalisawsservice aws:principalservicename aws:principalservicenameslist ' +
    'aws:principaltype aws:resourceaccount aws:resourceorgid aws:sourceorgid s3:resourceaccount kms:calleraccount'
  ).split(' '),
);

/**
 * Keys to ask a request with, so that each condition of the statements which concern it is met once and not met once. The
 * first are those that `first` asks for.
 * @param first the statement that is asked about; undefined: none more than the others
 */
export function keysToAsk(
  asked: Asked,
  side: DecidingSide,
  first: Statement | undefined,
  inPlay: readonly Statement[],
): readonly Keys[] {
  const request = requestTo(asked, side);
  const concerned = inPlay.filter((statement) => concerns(statement, request));
  const values = valuesToAsk([...(first ? [first] : []), ...concerned], asked, side);
  const meeting = (statement: Statement, start: Keys): Keys | undefined =>
    keysMeeting(statement, { ...asked, keys: start }, side, values);
  const allowing = concerned.filter(({ effect, conditions }) => effect === 'Allow' && conditions.length > 0);
  const bases = [undefined, ...allowing].flatMap((statement): readonly Keys[] => {
    const start = statement === undefined ? asked.keys : meeting(statement, asked.keys);
    const all = start && first ? meeting(first, start) : start;
    return all ? [all] : [];
  });
  const varied = bases.flatMap((base) =>
    [...values].flatMap(([key, each]) => each.map((value): Keys => ({ ...base, [key]: value }))),
  );
  const contextOf = (keys: Keys): string =>
    JSON.stringify(Object.entries(requestTo({ ...asked, keys }, side).context).sort(([a], [b]) => (a < b ? -1 : 1)));
  return firstOfEach([...bases, ...varied], contextOf);
}

function firstOfEach<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  const firsts = new Map<string, Item>();
  for (const item of items) {
    const key = keyOf(item);
    if (!firsts.has(key)) firsts.set(key, item);
  }
  return [...firsts.values()];
}

/** The keys with those changed that a statement's conditions are not met by; undefined if no value meets one. */
function keysMeeting(
  statement: Statement,
  asked: Asked,
  side: DecidingSide,
  values: ReadonlyMap<string, readonly (string | undefined)[]>,
): Keys | undefined {
  let { keys } = asked;
  for (const { key, contextKey } of statement.conditions) {
    const meets = (candidate: Keys): boolean =>
      meetsConditionsOn(statement, contextKey, requestTo({ ...asked, keys: candidate }, side));
    if (meets(keys)) continue;
    const met = values
      .get(key)
      ?.map((value): Keys => ({ ...keys, [key]: value }))
      .find(meets);
    if (!met) return undefined;
    keys = met;
  }
  return keys;
}

/** Values for each key that statements have conditions on, `undefined` where the key is not sent; none of those that follow. */
function valuesToAsk(
  statements: readonly Statement[],
  { principal, resource }: Asked,
  side: DecidingSide,
): ReadonlyMap<string, readonly (string | undefined)[]> {
  const fixed = new Set(Object.keys(keysOfResource(resource, side.policies)).map((key) => key.toLowerCase()));
  const caller = 'account' in principal ? principal.account : '';
  const isMade = principal.kind === 'role' && side.policies.roles.has(principal.roleArn);
  const isAsked = ({ contextKey }: Condition): boolean => {
    if (following.has(contextKey) || fixed.has(contextKey)) return false;
    if (contextKey === 'aws:principalorgid') return false;
    if (contextKey === 'aws:principalarn') return !isMade;
    return contextKey !== 'aws:securetransport' || principal.kind !== 'service';
  };
  const values = new Map<string, Set<string | undefined>>();
  for (const condition of statements.flatMap(({ conditions }) => conditions).filter(isAsked)) {
    const each = values.get(condition.key) ?? new Set<string | undefined>();
    for (const value of condition.contextKey === 'aws:principalarn'
      ? callersOf(condition, caller)
      : candidates(condition)) {
      each.add(value);
    }
    values.set(condition.key, each);
  }
  return new Map([...values].map(([key, each]) => [key, [...each]]));
}

/** ARNs of an account that a condition is met by, and one that it is not met by. */
const callersOf = ({ expected }: Condition, account: string): readonly string[] =>
  [
    ...expected.map((arn) => arn.replace(/^(arn:[^:]*:[^:]*:[^:]*):\*:/, `$1:${account}:`)),
    `arn:aws:iam::${account}:role/${anyName}`,
  ]
    .map(filled)
    .filter((arn) => accountOf(arn) === account);

/** Values on both sides of a condition. */
function candidates({ operator, test, expected }: Condition): readonly (string | undefined)[] {
  if (test === 'presence') return [anyName, undefined];
  if (operator.includes('Bool')) return ['true', 'false', undefined];
  if (operator.includes('Numeric')) return [...expected.flatMap((value) => around(Number(value))), undefined];
  if (operator.includes('Date')) return [...expected.flatMap(daysAround), undefined];
  if (operator.includes('IpAddress'))
    return [...expected.map((range) => range.split('/')[0]), '203.0.113.7', undefined];
  const other = operator.includes('Arn') ? `arn:aws:${anyName}:::${anyName}` : anyName;
  return [...expected.map(filled), other, undefined];
}

const around = (value: number): readonly string[] => [value, value - 1, value + 1].map(String);

const dayMs = 86_400_000;
const daysAround = (value: string): readonly string[] => {
  const at = /^-?\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value);
  return [at, at - dayMs, at + dayMs].map((time) => new Date(time).toISOString());
};
