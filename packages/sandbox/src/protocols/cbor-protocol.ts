import { isObject } from '@crosswind/aws/json';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import { withoutNulls } from '../aws-json/json-body.ts';
import { jsonRefusal } from '../signatures/refusal.ts';
import { CborError, decodeCbor, encodeCbor } from './cbor.ts';
import { queryError } from './json-protocol.ts';
import type { FieldKinds, Protocol } from './protocol.ts';

export interface CborProtocolProps {
  /** Name of the service in the path, `/service/NAME/operation/OPERATION`. */
  readonly service: string;
  readonly kinds: Pick<FieldKinds, 'times'>;
  /**
   * Error codes of the query protocol, by the code of this one (Smithy: "awsQueryCompatible").
   *
   * @default - the service never had that protocol
   */
  readonly queryCodes?: Readonly<Record<string, string>>;
}

/** Value of the header `smithy-protocol` in requests and answers. */
const protocolName = 'rpc-v2-cbor';

/** Smithy's protocol with CBOR in requests and answers (Smithy: "Smithy RPC v2 CBOR"). */
export function cborProtocol({ service, kinds, queryCodes }: CborProtocolProps): Protocol {
  const headers = { 'content-type': 'application/cbor', 'smithy-protocol': protocolName };
  const path = new RegExp(`/service/${service}/operation/(\\w+)$`);
  return {
    speaks: (request) => request.headers['smithy-protocol'] === protocolName,
    asked: ({ url = '' }, body) => ({ operation: path.exec(url)?.[1] ?? '', body: objectIn(body) }),
    refused: (refusal) => jsonRefusal(refusal, 400),
    answered: (_, result) => ({ headers, body: encodeCbor(result, kinds) }),
    failed: ({ code, message, status }) => ({
      status,
      headers: { ...headers, ...queryError(queryCodes, code, status) },
      body: encodeCbor({ __type: code, message }, kinds),
    }),
  };
}

function objectIn(bytes: Buffer) {
  try {
    const value = bytes.length === 0 ? {} : decodeCbor(bytes);
    if (isObject(value)) return withoutNulls(value);
  } catch (error) {
    if (!(error instanceof CborError)) throw error;
    throw new AwsJsonError('SerializationException', `the body of the request is not CBOR: ${error.message}`);
  }
  throw new AwsJsonError('SerializationException', 'the body of the request is not a map in CBOR');
}
