import type { Decision, Denied } from '@crosswind/iam/decision';
import { principalName } from '@crosswind/iam/principal';
import type { AccessRequest } from '@crosswind/iam/request';
import { type DecisionGroup, DecisionGroups } from './decision-groups.ts';

/** Denied requests of one principal for one action that have the same fix. The first one represents all. */
export interface Denial {
  readonly request: AccessRequest;
  readonly decision: Denied;
  /** How many there were. */
  times: number;
  /** Groups of the log that these decisions are in. */
  readonly groups: Set<DecisionGroup>;
}

/**
 * Log of all authorizations in a run: the number of allowed requests by action, every denial, and groups of all decisions
 * with their times.
 */
export class DecisionLog {
  readonly #allowed = new Map<string, number>();
  readonly #denials = new Map<string, Denial>();
  readonly #groups = new DecisionGroups();
  readonly #now: () => number;
  readonly #watchers: ((request: AccessRequest) => void)[] = [];

  /** @param now milliseconds since the epoch, in virtual time */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Calls the watcher with each request from now on, whether it is allowed or not. */
  watch(watcher: (request: AccessRequest) => void): void {
    this.#watchers.push(watcher);
  }

  record(request: AccessRequest, decision: Decision): void {
    for (const watcher of this.#watchers) watcher(request);
    const group = this.#groups.add(request, decision, this.#now());
    if (decision.allowed) {
      this.#allowed.set(request.action, (this.#allowed.get(request.action) ?? 0) + 1);
      return;
    }
    const key = JSON.stringify([principalName(request.principal), request.action, remedyOf(decision)]);
    const known = this.#denials.get(key);
    const denial = known ?? { request, decision, times: 0, groups: new Set() };
    denial.times += 1;
    denial.groups.add(group);
    if (!known) this.#denials.set(key, denial);
  }

  /** Forgets everything, so that what follows is counted alone. */
  clear(): void {
    this.#allowed.clear();
    this.#denials.clear();
    this.#groups.clear();
  }

  /** Groups of principal, action, resource and verdict, in the order of their first decision. */
  groups(): readonly DecisionGroup[] {
    return this.#groups.all();
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
