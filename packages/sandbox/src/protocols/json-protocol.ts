import type { IncomingMessage } from 'node:http';
import { jsonBody } from '../aws-json/json-body.ts';
import { jsonRefusal } from '../signatures/refusal.ts';
import { faultOf, type Protocol } from './protocol.ts';

export interface JsonProtocolProps {
  /** Prefix of the header `X-Amz-Target`, before the dot and the operation. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  /**
   * Error codes of the query protocol, by the code of the JSON protocol (Smithy: "awsQueryCompatible"). Clients from
   * before the JSON protocol expect the former.
   *
   * @default - the codes of the JSON protocol
   */
  readonly queryCodes?: Readonly<Record<string, string>>;
}

/** Content of the header `X-Amz-Target`. */
export const targetOf = ({ headers }: IncomingMessage): string => headers['x-amz-target']?.toString() ?? '';

/** AWS's JSON protocol (Smithy: "AWS JSON protocol"): one operation per request, named in a header. */
export function jsonProtocol({ target, version, queryCodes }: JsonProtocolProps): Protocol {
  const contentType = { 'content-type': `application/x-amz-json-${version}` };
  return {
    speaks: (request) => targetOf(request).startsWith(`${target}.`),
    asked: (request, body) => {
      const name = targetOf(request);
      return { operation: name.startsWith(`${target}.`) ? name.slice(target.length + 1) : '', body: jsonBody(body) };
    },
    refused: (refusal) => jsonRefusal(refusal, 400),
    answered: (_, result) => ({ headers: contentType, body: JSON.stringify(result) }),
    failed: ({ code, message, status }) => ({
      status,
      headers: { ...contentType, ...queryError(queryCodes, code, status) },
      body: JSON.stringify({ __type: code, message }),
    }),
  };
}

/** Header with the error's code in the query protocol (Smithy: "awsQueryCompatible"). */
export function queryError(
  queryCodes: Readonly<Record<string, string>> | undefined,
  code: string,
  status: number,
): Readonly<Record<string, string>> {
  return queryCodes ? { 'x-amzn-query-error': `${queryCodes[code] ?? code};${faultOf(status)}` } : {};
}
