import { type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { PolicyDocument, PolicySource } from '@crosswind/iam/policy-document';
import type { RequestContext } from '@crosswind/iam/request';

/** A policy of a role: with the name of an inline policy, or with the ARN of a managed one. */
export interface AttachedPolicy extends PolicySource {
  /** @default - it is a managed policy */
  readonly inlineName?: string;
  /** @default - it is an inline policy */
  readonly managedArn?: string;
}

/** A role as it is now; policies are attached later. */
export interface Role {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly trust: PolicySource;
  readonly policies: AttachedPolicy[];
  /** The permissions boundary. */
  readonly boundary?: AttachedPolicy;
  /**
   * Properties that decide nothing here, such as its description, in the form of a template.
   *
   * @default - none
   */
  readonly details?: JsonObject;
}

export interface NewRole extends Pick<Role, 'arn' | 'name' | 'account' | 'boundary' | 'details'> {
  readonly trust: PolicyDocument;
}

/** Properties of a role that change while it keeps its policies. */
export type RoleChange = Pick<NewRole, 'trust' | 'boundary' | 'details'>;

/** Policies of the organization that are attached to an account, besides those that allow everything. */
export interface OrganizationPolicies {
  /** Service control policies: they bind its principals. */
  readonly scps: readonly PolicySource[];
  /** Resource control policies: they bind who uses its resources. */
  readonly rcps: readonly PolicySource[];
}

/** A version of a managed policy. */
export interface PolicyVersion {
  /** For example `v1`. */
  readonly id: string;
  readonly policy: PolicySource;
}

/** The roles of every account, and the policies that resources carry. */
export class Identities {
  readonly #roles = new Map<string, Role>();
  readonly #resourcePolicies = new Map<string, PolicySource>();
  readonly #managedPolicies = new Map<string, PolicySource>();
  readonly #policyVersions = new Map<string, readonly PolicyVersion[]>();
  readonly #contexts = new Map<string, RequestContext>();
  readonly #ofOrganization = new Map<string, OrganizationPolicies>();
  readonly #tags = new Map<string, readonly JsonObject[]>();
  /** Called when a role comes or goes. */
  onRoles: () => void = () => undefined;

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

  addRole({ trust, ...role }: NewRole): Role {
    return this.#set({ ...role, trust: trustOf(role.name, trust), policies: [] });
  }

  changeRole(role: Role, { trust, ...change }: RoleChange): Role {
    return this.#set({ ...role, ...change, trust: trustOf(role.name, trust) });
  }

  removeRole(arn: string): void {
    if (this.#roles.delete(arn)) this.onRoles();
  }

  /** Adds a customer managed policy or replaces its default version, for every role that has it. */
  setManagedPolicy(arn: string, policy: PolicySource): void {
    this.#managedPolicies.set(arn, policy);
    this.#policyVersions.set(arn, withVersion(this.#policyVersions.get(arn) ?? [], policy));
    const current = { ...policy, managedArn: arn };
    for (const role of this.rolesWith(arn)) {
      role.policies.splice(0, role.policies.length, ...role.policies.map((its) => (isAt(arn, its) ? current : its)));
      if (isAt(arn, role.boundary)) this.#set({ ...role, boundary: current });
    }
  }

  removeManagedPolicy(arn: string): void {
    this.#managedPolicies.delete(arn);
    this.#policyVersions.delete(arn);
  }

  /** Roles that have a managed policy attached or as their boundary. */
  rolesWith(policyArn: string): readonly Role[] {
    return [...this.#roles.values()].filter(({ policies, boundary }) =>
      [...policies, boundary].some((policy) => isAt(policyArn, policy)),
    );
  }

  /** A customer managed policy. */
  managedPolicy(arn: string): PolicySource | undefined {
    return this.#managedPolicies.get(arn);
  }

  /** Versions of a managed policy, the default one last. */
  policyVersions(arn: string): readonly PolicyVersion[] {
    return this.#policyVersions.get(arn) ?? [];
  }

  /** Puts a policy on a bucket or key, by the ARN of that resource. */
  setResourcePolicy(arn: string, policy: PolicySource): void {
    this.#resourcePolicies.set(arn, policy);
  }

  /** Keeps what is true of a resource for conditions, by its ARN, in place of what was true before. */
  setContext(arn: string, context: RequestContext): void {
    this.#contexts.set(arn, context);
  }

  /** Attaches policies of the organization to an account, in place of those that were attached. */
  attachToAccount(account: string, policies: OrganizationPolicies): void {
    this.#ofOrganization.set(account, policies);
  }

  /** Policies of the organization that are attached to an account. */
  attachedTo(account: string): OrganizationPolicies | undefined {
    return this.#ofOrganization.get(account);
  }

  /** Keeps the tags of a resource other than a role, in the form of a template. */
  setTags(arn: string, tags: readonly JsonObject[]): void {
    this.#tags.set(arn, tags);
  }

  /** Condition keys that a resource itself decides: tags of roles and keys, aliases of keys. */
  contextOf(arn: string): RequestContext | undefined {
    const role = this.#roles.get(arn);
    if (role) return tagContext(listOf(role.details?.['Tags']).map(objectOf), ['aws', 'iam']);
    const [context, tags] = [this.#contexts.get(arn), this.#tags.get(arn)];
    return tags ? { ...context, ...tagContext(tags, ['aws']) } : context;
  }

  removeResourcePolicy(arn: string): void {
    this.#resourcePolicies.delete(arn);
  }

  /** The policy on the resource that `arn` is, or belongs to: a role's trust, a bucket's policy for its objects, a key's. */
  resourcePolicy(arn: string): PolicySource | undefined {
    const bucket = /^arn:[^:]+:s3:::[^/]+/.exec(arn)?.[0];
    return this.#roles.get(arn)?.trust ?? this.#resourcePolicies.get(bucket ?? arn);
  }

  #set(role: Role): Role {
    const isNew = !this.#roles.has(role.arn);
    this.#roles.set(role.arn, role);
    if (isNew) this.onRoles();
    return role;
  }
}

/** Versions that IAM keeps (reference_iam-quotas); CloudFormation deletes the oldest one. */
const maxVersions = 5;

function withVersion(versions: readonly PolicyVersion[], policy: PolicySource): readonly PolicyVersion[] {
  const last = versions.at(-1);
  if (last && JSON.stringify(last.policy.document) === JSON.stringify(policy.document)) return versions;
  const id = `v${Number(last?.id.slice(1) ?? 0) + 1}`;
  return [...versions, { id, policy }].slice(-maxVersions);
}

/** IAM has a key of its own for tags besides the global one (Service Authorization Reference: IAM, STS). */
const tagContext = (tags: readonly JsonObject[], services: readonly string[]): RequestContext =>
  Object.fromEntries(
    tags.flatMap(({ Key, Value }) =>
      services.map((service) => [`${service}:ResourceTag/${textOf(Key)}`, textOf(Value)]),
    ),
  );

const trustOf = (role: string, document: PolicyDocument): PolicySource => ({
  name: `trust policy of ${role}`,
  document,
});

const isAt = (arn: string, policy: AttachedPolicy | undefined): boolean => policy?.managedArn === arn;
