import { arnSegments, type ArnSegments } from './arn-pattern.ts';
import { RequestKeys, type ContextValues } from './context-values.ts';
import type { AccessRequest } from './request.ts';

/** A request prepared once for comparison with many statements. */
export interface Question {
  readonly request: AccessRequest;
  readonly action: string;
  readonly resource: ArnSegments;
  readonly context: ContextValues;
  /** True if the caller has a permissions boundary. NotPrincipal never exempts such a caller. */
  readonly bounded: boolean;
}

/** The request in the form statements are compared with. */
export const questionOf = (request: AccessRequest, bounded = false): Question => ({
  request,
  action: request.action.toLowerCase(),
  resource: arnSegments(request.resource),
  context: new RequestKeys(request),
  bounded,
});
