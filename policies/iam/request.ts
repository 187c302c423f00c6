import { arnSegments, type ArnSegments } from './arn-pattern.ts';
import { principalKeys, type Principal } from './principal.ts';

/** The condition keys of a request, as the caller writes them. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** One call that wants to be allowed. */
export interface AccessRequest {
  readonly principal: Principal;
  /** For example `s3:GetObject`. */
  readonly action: string;
  /** An ARN, or `*` for actions without a resource. */
  readonly resource: string;
  /** The account that owns the resource. */
  readonly resourceAccount: string;
  readonly context: RequestContext;
}

/** Condition keys in lower case with their values. */
export type ContextValues = ReadonlyMap<string, readonly string[]>;

/** A request prepared once for comparison with many statements. */
export interface Question {
  readonly request: AccessRequest;
  readonly action: string;
  readonly resource: ArnSegments;
  readonly context: ContextValues;
}

/** The request in the form statements are compared with; keys about principal and resource are filled in unless given. */
export function questionOf(request: AccessRequest): Question {
  const context = new Map<string, readonly string[]>([['aws:resourceaccount', [request.resourceAccount]]]);
  for (const keys of [principalKeys(request.principal), request.context]) {
    for (const [key, value] of Object.entries(keys)) {
      context.set(key.toLowerCase(), typeof value === 'string' ? [value] : value);
    }
  }
  return { request, action: request.action.toLowerCase(), resource: arnSegments(request.resource), context };
}
