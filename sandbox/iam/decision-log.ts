import type { Decision, Denied } from '../../policies/iam/decision.ts';
import type { AccessRequest } from '../../policies/iam/request.ts';

/** A request that was denied, once however often it was made. */
export interface Denial {
  readonly request: AccessRequest;
  readonly decision: Denied;
  /** How often it was made. */
  times: number;
}

/** Every authorisation of a run: how many were allowed by action, and each that was denied. */
export class DecisionLog {
  readonly #allowed = new Map<string, number>();
  readonly #denials = new Map<string, Denial>();

  record(request: AccessRequest, decision: Decision): void {
    if (decision.allowed) {
      this.#allowed.set(request.action, (this.#allowed.get(request.action) ?? 0) + 1);
      return;
    }
    const { principal, action, resource } = request;
    const key = JSON.stringify([principal, action, resource]);
    const known = this.#denials.get(key);
    if (known) known.times += 1;
    else this.#denials.set(key, { request, decision, times: 1 });
  }

  /** Number of allowed requests by action, in alphabetical order. */
  allowed(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#allowed].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  /** Denied requests in the order in which they were first made. */
  denials(): readonly Denial[] {
    return [...this.#denials.values()];
  }
}
