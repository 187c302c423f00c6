import { isAlwaysSent } from './always-sent-keys.ts';
import { impliedKey } from './implied-keys.ts';
import type { AccessRequest, RequestContext } from './request.ts';
import { isKnownKey } from './service-reference.ts';

/**
 * Values of a condition key, as far as they are known. Undefined if the request does not have the key. `untold` if AWS
 * sends the key and the request does not give its value. `undocumented` if AWS documents no such key.
 */
export type ContextValue = readonly string[] | 'untold' | 'undocumented' | undefined;

/** Condition keys, asked for in lower case. */
export interface ContextValues {
  get(key: string): ContextValue;
}

/** The values of a key, if they are known and there are any. */
export function valuesOf(context: ContextValues, key: string): readonly string[] | undefined {
  const value = context.get(key);
  return typeof value === 'object' ? value : undefined;
}

/** The keys that a request carries, those that follow from it, and what is known of all others. */
export class RequestKeys implements ContextValues {
  readonly #request: AccessRequest;
  #given: Map<string, readonly string[]> | undefined;

  constructor(request: AccessRequest) {
    this.#request = request;
  }

  get(key: string): ContextValue {
    const given = (this.#given ??= inLowerCase(this.#request.context));
    const value = given.get(key);
    if (value !== undefined) return value;
    const implied = impliedKey(key, this.#request, given);
    if (implied !== undefined) return [implied];
    if (isAlwaysSent(key, this.#request, given)) return 'untold';
    return isKnownKey(key) || isClaim(key, this.#request) ? undefined : 'undocumented';
  }
}

function inLowerCase(context: RequestContext): Map<string, readonly string[]> {
  const given = new Map<string, readonly string[]>();
  for (const key in context) {
    const value = context[key];
    if (value !== undefined) given.set(key.toLowerCase(), typeof value === 'string' ? [value] : value);
  }
  return given;
}

/** True if the key is a claim of the caller's identity provider. */
function isClaim(key: string, { principal }: AccessRequest): boolean {
  if (principal.kind !== 'federated') return false;
  const provider = principal.provider.replace(/^.*:oidc-provider\//, '').toLowerCase();
  return key.startsWith(`${provider}:`);
}
