import { isArray, isObject, type Json, type JsonObject } from '@crosswind/aws/json';
import { element, leaf } from '../xml.ts';
import { type Failed, faultOf, type FieldKinds, type Written } from './protocol.ts';

const headers = { 'content-type': 'text/xml' };

const documentOf = (root: string, namespace: string | undefined, ...children: readonly string[]): string =>
  `<${root}${namespace === undefined ? '' : ` xmlns="${namespace}"`}>${children.join('')}</${root}>`;

export interface QueryAnswer {
  readonly namespace: string;
  readonly operation: string;
  readonly requestId: string;
  /** XML. */
  readonly result: string;
}

/** Answer of the query protocol. */
export const queryAnswer = ({ namespace, operation, requestId, result }: QueryAnswer): Written => ({
  headers,
  body: documentOf(
    `${operation}Response`,
    namespace,
    element(`${operation}Result`, result),
    element('ResponseMetadata', leaf('RequestId', requestId)),
  ),
});

export interface QueryFailure {
  /** @default - none */
  readonly namespace?: string;
  readonly requestId: string;
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

/** Error of the query protocol. */
export const queryFailure = ({ namespace, requestId, code, message, status }: QueryFailure): Failed => ({
  status,
  headers,
  body: documentOf(
    'ErrorResponse',
    namespace,
    element('Error', leaf('Type', faultOf(status)), leaf('Code', code), leaf('Message', message)),
    leaf('RequestId', requestId),
  ),
});

/** The fields of a result. */
export const xmlOf = (result: JsonObject, kinds: Pick<FieldKinds, 'times' | 'maps'>): string =>
  Object.entries(result)
    .map(([name, value]) => xmlField(name, value, name, kinds))
    .join('');

/** @param field name of the field that the value is in, which knows its kind */
function xmlField(tag: string, value: Json, field: string, kinds: Pick<FieldKinds, 'times' | 'maps'>): string {
  if (value === null) return '';
  if (isArray(value)) return element(tag, ...value.map((item) => xmlField('member', item, field, kinds)));
  if (isObject(value)) {
    if (!kinds.maps.has(field)) return element(tag, xmlOf(value, kinds));
    const entries = Object.entries(value).map(([key, item]) =>
      element('entry', leaf('key', key), xmlField('value', item, '', kinds)),
    );
    return element(tag, ...entries);
  }
  return leaf(tag, kinds.times.has(field) && typeof value === 'number' ? new Date(value * 1_000).toISOString() : value);
}
