import { BlockList, isIP } from 'node:net';
import { arnSegments, matchesArn } from './arn-pattern.ts';
import { asText, matchesWildcard } from './wildcard.ts';

/** How one condition operator compares a policy's value with a request's value. */
export interface Operator {
  readonly matches: (expected: string, actual: string) => boolean;
  /** Whether the policy's value makes sense for this operator. */
  readonly accepts: (expected: string) => boolean;
  /** Whether policy variables are replaced in the policy's value. */
  readonly variables: boolean;
}

type Comparison = (expected: string, actual: string) => boolean;
type Order = (actual: number, expected: number) => boolean;

const text = (matches: Comparison): Operator => ({ matches, accepts: () => true, variables: true });

const measured = (measure: (value: string) => number, order: Order): Operator => ({
  matches: (expected, actual) => order(measure(actual), measure(expected)),
  accepts: (expected) => !Number.isNaN(measure(expected)),
  variables: false,
});

const amount = (value: string): number => (value.trim() === '' ? Number.NaN : Number(value));
const instant = (value: string): number => (/^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value));

const numeric = (order: Order): Operator => measured(amount, order);
const date = (order: Order): Operator => measured(instant, order);

const isBoolean = (value: string): boolean => /^(true|false)$/i.test(value);
const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

function inRange(range: string, address: string): boolean {
  if (isIP(address) === 0) return false;
  const [network = '', prefix] = range.split('/');
  const list = new BlockList();
  list.addSubnet(network, prefix === undefined ? (isIP(network) === 6 ? 128 : 32) : Number(prefix), family(network));
  return list.check(address, family(address));
}

function isRange(range: string): boolean {
  const [network = '', prefix] = range.split('/');
  const bits = isIP(network) === 6 ? 128 : 32;
  return isIP(network) > 0 && (prefix === undefined || (/^\d+$/.test(prefix) && Number(prefix) <= bits));
}

const arn = text((expected, actual) => matchesArn(arnSegments(expected), arnSegments(actual)));
const bool: Operator = {
  matches: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
  accepts: isBoolean,
  variables: false,
};

/** Operators that ask for a match (AWS: "IAM JSON policy elements: Condition operators"). */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['StringEquals', text((expected, actual) => asText(expected) === actual)],
  ['StringEqualsIgnoreCase', text((expected, actual) => asText(expected).toLowerCase() === actual.toLowerCase())],
  ['StringLike', text(matchesWildcard)],
  ['ArnEquals', arn],
  ['ArnLike', arn],
  ['Bool', bool],
  ['Null', bool],
  ['NumericEquals', numeric((actual, expected) => actual === expected)],
  ['NumericLessThan', numeric((actual, expected) => actual < expected)],
  ['NumericLessThanEquals', numeric((actual, expected) => actual <= expected)],
  ['NumericGreaterThan', numeric((actual, expected) => actual > expected)],
  ['NumericGreaterThanEquals', numeric((actual, expected) => actual >= expected)],
  ['DateEquals', date((actual, expected) => actual === expected)],
  ['DateLessThan', date((actual, expected) => actual < expected)],
  ['DateLessThanEquals', date((actual, expected) => actual <= expected)],
  ['DateGreaterThan', date((actual, expected) => actual > expected)],
  ['DateGreaterThanEquals', date((actual, expected) => actual >= expected)],
  ['IpAddress', { matches: inRange, accepts: isRange, variables: false }],
]);

/** Operators that ask for no match, with the one they deny. */
export const NEGATIONS: ReadonlyMap<string, string> = new Map([
  ['StringNotEquals', 'StringEquals'],
  ['StringNotEqualsIgnoreCase', 'StringEqualsIgnoreCase'],
  ['StringNotLike', 'StringLike'],
  ['ArnNotEquals', 'ArnEquals'],
  ['ArnNotLike', 'ArnLike'],
  ['NumericNotEquals', 'NumericEquals'],
  ['DateNotEquals', 'DateEquals'],
  ['NotIpAddress', 'IpAddress'],
]);
