import type { Decision, Denied } from '@crosswind/iam/decision';
import { principalName } from '@crosswind/iam/principal';
import type { AccessRequest } from '@crosswind/iam/request';

/** Denied requests of one principal for one action that have the same fix. The first one represents all. */
export interface Denial {
  readonly request: AccessRequest;
  readonly decision: Denied;
  /** How many there were. */
  times: number;
}

/** Log of all authorizations in a run: the number of allowed requests by action, and every denial. */
export class DecisionLog {
  readonly #allowed = new Map<string, number>();
  readonly #denials = new Map<string, Denial>();

  record(request: AccessRequest, decision: Decision): void {
    if (decision.allowed) {
      this.#allowed.set(request.action, (this.#allowed.get(request.action) ?? 0) + 1);
      return;
    }
    const key = JSON.stringify([principalName(request.principal), request.action, remedyOf(decision)]);
    const known = this.#denials.get(key);
    if (known) known.times += 1;
    else this.#denials.set(key, { request, decision, times: 1 });
  }

  /** Forgets everything, so that what follows is counted alone. */
  clear(): void {
    this.#allowed.clear();
    this.#denials.clear();
  }

  /** Number of allowed requests by action, in alphabetical order. */
  allowed(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#allowed].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  /** Denials, in the order of their first request. */
  denials(): readonly Denial[] {
    return [...this.#denials.values()];
  }
}

/** Part of the decision that would have to change for the request to pass. */
function remedyOf(denied: Denied): unknown {
  switch (denied.kind) {
    case 'explicit deny':
      return denied.deniedBy;
    case 'implicit deny':
      return denied.mends;
    case 'undecidable':
      return denied.unknowns;
  }
}
