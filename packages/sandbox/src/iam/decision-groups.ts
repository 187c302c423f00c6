import type { Decision, Denied } from '@crosswind/iam/decision';
import { hasAccount, identityArn, type Principal, principalName } from '@crosswind/iam/principal';
import type { AccessRequest } from '@crosswind/iam/request';
import { Seconds } from './seconds.ts';

export type Verdict = 'allowed' | Denied['kind'];

/** Decisions about requests of one principal for one action on one resource that ended alike. */
export interface DecisionGroup {
  /** `decision-` and a running number. */
  readonly id: string;
  /** ARN of a role, a user, a session or a root; else the name of the service or the provider. */
  readonly principal: string;
  readonly action: string;
  /** ARN; with `*` at its end it stands for more than one resource. */
  readonly resource: string;
  /** Account of the resource. */
  readonly account: string;
  readonly verdict: Verdict;
  /** Time of the first and of the last decision, in milliseconds since the epoch, in virtual time. */
  readonly first: number;
  readonly last: number;
  /** How many there were. */
  readonly times: number;
  /** How many there were in a second of virtual time. */
  readonly seconds: Seconds;
}

/** Most that a log keeps; what is above is counted in groups of more than one resource. */
export const groupLimits = {
  /** Resources of a folder, such as the objects of a bucket, for one principal, action and verdict. */
  resources: 16,
  groups: 10_000,
} as const;

type Open = { -readonly [Field in keyof DecisionGroup]: DecisionGroup[Field] };

/** Groups of decisions. Memory grows with principals and actions, not with calls and not with objects. */
export class DecisionGroups {
  readonly #groups = new Map<string, Open>();
  readonly #folders = new Map<string, number>();

  all(): readonly DecisionGroup[] {
    return [...this.#groups.values()];
  }

  clear(): void {
    this.#groups.clear();
    this.#folders.clear();
  }

  /** Adds a decision to its group. */
  add(request: AccessRequest, decision: Decision, at: number): DecisionGroup {
    const { action, resource, resourceAccount: account } = request;
    const verdict = decision.allowed ? 'allowed' : decision.kind;
    const principal = shortName(request.principal);
    const of = `${verdict} ${action} ${account} ${principal} `;
    const group =
      this.#groups.get(of + resource) ?? this.#open(of, resource, { principal, action, account, verdict }, at);
    group.last = at;
    group.times += 1;
    group.seconds.count(at);
    return group;
  }

  #open(
    of: string,
    exact: string,
    fields: Pick<Open, 'principal' | 'action' | 'account' | 'verdict'>,
    at: number,
  ): Open {
    const resource = this.#resourceFor(of, exact);
    const known = this.#groups.get(of + resource);
    if (known) return known;
    const id = `decision-${this.#groups.size + 1}`;
    const group = { id, ...fields, resource, first: at, last: at, times: 0, seconds: new Seconds() };
    this.#groups.set(of + resource, group);
    return group;
  }

  #resourceFor(of: string, resource: string): string {
    if (this.#groups.size >= groupLimits.groups) return '*';
    const folder = folderOf(resource);
    const held = this.#folders.get(of + folder) ?? 0;
    if (held >= groupLimits.resources) return folder;
    this.#folders.set(of + folder, held + 1);
    return resource;
  }
}

/** Folder of a resource: the bucket of an object, the state machine of an execution. */
export function folderOf(resource: string): string {
  const object = /^(arn:[^:]+:s3:::[^/]+\/)/.exec(resource)?.[1];
  return `${object ?? resource.replace(/[^:/]*$/, '')}*`;
}

const shortName = (principal: Principal): string => {
  if (hasAccount(principal)) return identityArn(principal);
  return principal.kind === 'service' ? principal.service : principalName(principal);
};
