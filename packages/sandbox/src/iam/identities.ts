import type { PolicyDocument, PolicySource } from '@crosswind/iam/policy-document';

/** A role as it was deployed; policies are attached later. */
export interface Role {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly trust: PolicySource;
  readonly policies: PolicySource[];
  /** The permissions boundary. */
  readonly boundary?: PolicySource;
}

export interface NewRole extends Pick<Role, 'arn' | 'name' | 'account' | 'boundary'> {
  readonly trust: PolicyDocument;
}

/** The roles of every account, and the policies that resources carry. */
export class Identities {
  readonly #roles = new Map<string, Role>();
  readonly #resourcePolicies = new Map<string, PolicySource>();
  readonly #managedPolicies = new Map<string, PolicySource>();

  role(arn: string): Role | undefined {
    return this.#roles.get(arn);
  }

  /** True if the account has a role. Resources that need no role do not count. */
  knows(account: string): boolean {
    return [...this.#roles.values()].some((role) => role.account === account);
  }

  roleNamed(account: string, name: string): Role | undefined {
    return [...this.#roles.values()].find((role) => role.account === account && role.name === name);
  }

  /** Names of the roles of each account. */
  roleNames(): Readonly<Record<string, readonly string[]>> {
    const names = new Map<string, string[]>();
    for (const { account, name } of this.#roles.values()) names.set(account, [...(names.get(account) ?? []), name]);
    return Object.fromEntries(names);
  }

  addRole({ arn, name, account, trust, boundary }: NewRole): Role {
    const role: Role = {
      arn,
      name,
      account,
      trust: { name: `trust policy of ${name}`, document: trust },
      policies: [],
      boundary,
    };
    this.#roles.set(arn, role);
    return role;
  }

  addManagedPolicy(arn: string, policy: PolicySource): void {
    this.#managedPolicies.set(arn, policy);
  }

  /** A customer managed policy. */
  managedPolicy(arn: string): PolicySource | undefined {
    return this.#managedPolicies.get(arn);
  }

  /** Puts a policy on a bucket or key, by the ARN of that resource. */
  setResourcePolicy(arn: string, policy: PolicySource): void {
    this.#resourcePolicies.set(arn, policy);
  }

  /** The policy on the resource that `arn` is, or belongs to: a role's trust, a bucket's policy for its objects, a key's. */
  resourcePolicy(arn: string): PolicySource | undefined {
    const bucket = /^arn:[^:]+:s3:::[^/]+/.exec(arn)?.[0];
    return this.#roles.get(arn)?.trust ?? this.#resourcePolicies.get(bucket ?? arn);
  }
}
