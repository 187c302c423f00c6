import { BlockList, isIP } from 'node:net';
import { arnSegments, matchesArn } from './arn-pattern.ts';
import { asText, matchesWildcard } from './wildcard.ts';

/** How one condition operator compares a policy's value with a request's value. */
export interface Operator {
  readonly matches: (expected: string, actual: string) => boolean;
  /** True if the policy's value is valid for this operator. */
  readonly accepts: (expected: string) => boolean;
  /** True if policy variables are replaced in the policy's value. */
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

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const SECONDS = /^-?\d+$/;
/** The forms of ISO 8601 that W3C lists; a time without a zone counts as UTC. */
const DATE = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

const amount = (value: string): number => (DECIMAL.test(value) ? Number(value) : Number.NaN);

function instant(value: string): number {
  if (SECONDS.test(value)) return Number(value) * 1000;
  const [, , , time, , , zone] = DATE.exec(value) ?? [];
  return DATE.test(value) ? Date.parse(time !== undefined && zone === undefined ? `${value}Z` : value) : Number.NaN;
}

const numeric = (order: Order): Operator => measured(amount, order);
const date = (order: Order): Operator => measured(instant, order);

const isBoolean = (value: string): boolean => /^(true|false)$/i.test(value);
const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

function inRange(range: string, address: string): boolean {
  if (!isAddress(address)) return false;
  const [network = '', prefix] = range.split('/');
  const list = new BlockList();
  list.addSubnet(network, prefix === undefined ? (isIP(network) === 6 ? 128 : 32) : Number(prefix), family(network));
  return list.check(address, family(address));
}

/** An address without a zone, which names an interface of one machine. */
const isAddress = (text: string): boolean => isIP(text) > 0 && !text.includes('%');

function isRange(range: string): boolean {
  const [network = '', prefix, ...rest] = range.split('/');
  const bits = isIP(network) === 6 ? 128 : 32;
  const fits = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
  return isAddress(network) && fits && rest.length === 0;
}

const arn = text((expected, actual) => matchesArn(arnSegments(expected), arnSegments(actual)));
const bool: Operator = {
  matches: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
  accepts: isBoolean,
  variables: false,
};

const BASE64 = /^([a-z\d+/]{4})*([a-z\d+/]{2}==|[a-z\d+/]{3}=)?$/i;
const bytes = (value: string): Buffer => Buffer.from(value, 'base64');

/** Operators that ask for a match (AWS: "IAM JSON policy elements: Condition operators"). */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['StringEquals', text((expected, actual) => asText(expected) === actual)],
  ['StringEqualsIgnoreCase', text((expected, actual) => asText(expected).toLowerCase() === actual.toLowerCase())],
  ['StringLike', text(matchesWildcard)],
  ['ArnEquals', arn],
  ['ArnLike', arn],
  ['Bool', bool],
  ['Null', bool],
  [
    'BinaryEquals',
    {
      matches: (expected, actual) => BASE64.test(actual) && bytes(expected).equals(bytes(actual)),
      accepts: (expected) => BASE64.test(expected),
      variables: false,
    },
  ],
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
