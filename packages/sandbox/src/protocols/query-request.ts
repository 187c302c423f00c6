import type { IncomingMessage } from 'node:http';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import { queryOf } from '../signatures/authorization.ts';
import type { Asked, FieldKinds } from './protocol.ts';

/** Parameters that name the operation, and those of a signature in the query. */
export const ofEveryRequest = /^(Action|Version|X-Amz-.+)$/;

/** Levels of lists and objects in a request, far above those of any operation. */
const maximumLevels = 20;

type Branch = Map<string, Branch | string>;

/** True for a request whose body is a form, or that has its parameters in the URL; both go to the root. */
export const isForm = ({ headers, method, url = '' }: IncomingMessage): boolean =>
  /^\/?(\?|$)/.test(url) &&
  (/[?&]Action=/.test(url) ||
    (method === 'POST' && headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true));

/** Parameters of a request of the query protocol, in the URL or in the body. */
export const parametersOf = ({ url }: IncomingMessage, body: Buffer): URLSearchParams =>
  body.length > 0 ? new URLSearchParams(body.toString()) : queryOf(url);

/** Operation and fields of a request: `Dimensions.member.1.Name=Colour` is a name in the first object of a list. */
export function queryAsked(request: IncomingMessage, body: Buffer, kinds: FieldKinds): Asked {
  const parameters = parametersOf(request, body);
  const root: Branch = new Map();
  for (const [path, value] of parameters) {
    if (!ofEveryRequest.test(path)) insert(root, path, value);
  }
  return { operation: parameters.get('Action') ?? '', body: objectIn(root, kinds) };
}

function insert(root: Branch, path: string, value: string): void {
  const names = path.split('.');
  if (names.length > maximumLevels) throw malformed(path, `at most ${maximumLevels} levels`, `${names.length}`);
  let branch = root;
  for (const name of names.slice(0, -1)) {
    const next = branch.get(name) ?? new Map<string, Branch | string>();
    if (typeof next === 'string') throw malformed(path, `one value for ${name}`, 'a value and fields of it');
    branch.set(name, next);
    branch = next;
  }
  branch.set(names.at(-1) ?? '', value);
}

const objectIn = (branch: Branch, kinds: FieldKinds): JsonObject =>
  Object.fromEntries([...branch].map(([name, value]) => [name, valueOf(name, value, kinds)]));

function valueOf(name: string, value: Branch | string, kinds: FieldKinds): Json {
  if (typeof value === 'string') return kinds.lists.has(name) && value === '' ? [] : scalarOf(name, value, kinds);
  const members = value.get('member');
  if (!kinds.lists.has(name) || typeof members !== 'object') return objectIn(value, kinds);
  return [...members]
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([, member]) => (typeof member === 'string' ? scalarOf(name, member, kinds) : objectIn(member, kinds)));
}

function scalarOf(name: string, text: string, { times, numbers, booleans }: FieldKinds): Json {
  if (booleans.has(name)) {
    if (text === 'true' || text === 'false') return text === 'true';
    throw malformed(name, 'true or false', `"${text}"`);
  }
  const isTime = times.has(name);
  if (!isTime && !numbers.has(name)) return text;
  const isNumber = /^-?\d+(\.\d+)?$/.test(text);
  const value = isNumber ? Number(text) : isTime ? Date.parse(text) / 1_000 : NaN;
  if (Number.isFinite(value)) return value;
  throw malformed(name, isTime ? 'a time in ISO 8601' : 'a number', `"${text}"`);
}

const malformed = (field: string, expected: string, got: string): AwsJsonError =>
  new AwsJsonError('MalformedInput', `${field}: expected ${expected}, got ${got}`);
