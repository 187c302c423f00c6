import { queryRefusal } from '../signatures/refusal.ts';
import { type FieldKinds, type Protocol, unknownOperation } from './protocol.ts';
import { isForm, queryAsked } from './query-request.ts';
import { queryAnswer, queryFailure, xmlOf } from './query-answer.ts';

export interface QueryProtocolProps {
  /** XML namespace of answers. */
  readonly namespace: string;
  readonly kinds: FieldKinds;
  /** Error codes that differ from those of the JSON protocol, by the latter. */
  readonly codes: Readonly<Record<string, string>>;
}

/** AWS's query protocol (Smithy: "AWS query protocol"): a form in the request, XML in the answer. */
export function queryProtocol({ namespace, kinds, codes }: QueryProtocolProps): Protocol {
  return {
    speaks: isForm,
    asked: (request, body) => queryAsked(request, body, kinds),
    refused: queryRefusal,
    answered: (operation, result, requestId) =>
      queryAnswer({ namespace, operation, requestId, result: xmlOf(result, kinds) }),
    failed: ({ code, message, status }, requestId) =>
      queryFailure({
        namespace,
        requestId,
        code: code === unknownOperation ? 'InvalidAction' : (codes[code] ?? code),
        message,
        status: code === 'AccessDeniedException' ? 403 : status,
      }),
  };
}
