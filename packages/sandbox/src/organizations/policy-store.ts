import { parsedJson } from '@crosswind/aws/json';
import type { PolicySource } from '@crosswind/iam/policy-document';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import type { Identities } from '../iam/identities.ts';
import { checkedPolicy } from '../iam/policies.ts';
import { OrganizationsError } from './organizations-error.ts';
import { accountsUnder, type SimulatedOrganization, unitTree, unitWithId } from './simulated-organization.ts';

/** Types of policies that the sandbox decides with. */
export const policyTypes = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const;
export type OrganizationPolicyType = (typeof policyTypes)[number];

export interface StoredPolicy {
  readonly id: string;
  readonly type: OrganizationPolicyType;
  readonly name: string;
  readonly description: string;
  readonly content: string;
  readonly awsManaged: boolean;
}

/** Where policies are attached: the root, a unit or an account. */
export interface PolicyTarget {
  readonly id: string;
  readonly name: string;
  readonly type: 'ROOT' | 'ORGANIZATIONAL_UNIT' | 'ACCOUNT';
}

/** Most characters of a policy, and most policies on a target, that of AWS included (orgs_reference_limits). */
const limits: Readonly<Record<OrganizationPolicyType, { readonly characters: number; readonly attached: number }>> = {
  SERVICE_CONTROL_POLICY: { characters: 10_240, attached: 10 },
  RESOURCE_CONTROL_POLICY: { characters: 5_120, attached: 5 },
};

const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const everybody = { ...everything, Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };

/** The policies that Organizations attaches to every target of a root where their type is enabled. */
const ofAws: readonly StoredPolicy[] = [
  {
    id: 'p-FullAWSAccess',
    type: 'SERVICE_CONTROL_POLICY',
    name: 'FullAWSAccess',
    description: 'Allows access to every operation',
    content: JSON.stringify(everything),
    awsManaged: true,
  },
  {
    id: 'p-RCPFullAWSAccess',
    type: 'RESOURCE_CONTROL_POLICY',
    name: 'RCPFullAWSAccess',
    description: 'Allows access to every resource',
    content: JSON.stringify(everybody),
    awsManaged: true,
  },
];

/** The policies of an organization and their targets. What is attached decides every later request. */
export class PolicyStore {
  readonly #organization: SimulatedOrganization;
  readonly #identities: Identities;
  readonly #policies = new Map(ofAws.map((policy) => [policy.id, policy]));
  /** Ids of the targets of each policy. */
  readonly #targets = new Map<string, Set<string>>();
  /** A new organization has service control policies enabled ("CreateOrganization"). */
  readonly #enabled = new Set<OrganizationPolicyType>(['SERVICE_CONTROL_POLICY']);

  constructor(organization: SimulatedOrganization, identities: Identities) {
    this.#organization = organization;
    this.#identities = identities;
  }

  isEnabled(type: OrganizationPolicyType): boolean {
    return this.#enabled.has(type);
  }

  enable(type: OrganizationPolicyType): void {
    if (this.#enabled.has(type)) {
      throw new OrganizationsError(
        'PolicyTypeAlreadyEnabledException',
        'The specified policy type is already enabled.',
      );
    }
    this.#enabled.add(type);
  }

  ofType(type: OrganizationPolicyType): readonly StoredPolicy[] {
    return [...this.#policies.values()].filter((policy) => policy.type === type);
  }

  policy(id: string): StoredPolicy {
    const found = this.#policies.get(id);
    if (found) return found;
    throw new OrganizationsError('PolicyNotFoundException', `We can't find a policy with the PolicyId ${id}.`);
  }

  create(policy: Omit<StoredPolicy, 'id' | 'awsManaged'>): StoredPolicy {
    this.#check(policy);
    const created = {
      ...policy,
      id: `p-sim1${String(this.#policies.size - ofAws.length).padStart(6, '0')}`,
      awsManaged: false,
    };
    this.#policies.set(created.id, created);
    return created;
  }

  update(id: string, change: Partial<Pick<StoredPolicy, 'name' | 'description' | 'content'>>): StoredPolicy {
    const before = this.policy(id);
    if (before.awsManaged) throw new OrganizationsError('InvalidInputException', "You can't change a policy of AWS.");
    const after = { ...before, ...change };
    this.#check(after, id);
    this.#policies.set(id, after);
    this.#apply();
    return after;
  }

  attach(id: string, target: PolicyTarget): void {
    const { type } = this.policy(id);
    if (!this.isEnabled(type)) {
      throw new OrganizationsError('PolicyTypeNotEnabledException', `The policy type ${type} is not enabled.`);
    }
    const attached = this.attachedTo(target.id, type);
    if (attached.some((policy) => policy.id === id)) {
      throw new OrganizationsError(
        'DuplicatePolicyAttachmentException',
        'The policy is already attached to the target.',
      );
    }
    if (attached.length >= limits[type].attached) {
      const message = `You have attached the maximum number of policies of type ${type} to ${target.id}.`;
      throw new OrganizationsError('ConstraintViolationException', message);
    }
    this.#targets.set(id, new Set([...(this.#targets.get(id) ?? []), target.id]));
    this.#apply();
  }

  detach(id: string, target: PolicyTarget): void {
    if (this.policy(id).awsManaged) {
      const message = 'DetachPolicy of a policy of AWS is not implemented by the simulated AWS Organizations';
      throw new OrganizationsError('NotImplemented', message);
    }
    if (!this.#targets.get(id)?.delete(target.id)) {
      throw new OrganizationsError('PolicyNotAttachedException', "The policy isn't attached to the target.");
    }
    this.#apply();
  }

  /** Policies that are attached to a target itself, without those that it inherits. */
  attachedTo(targetId: string, type: OrganizationPolicyType): readonly StoredPolicy[] {
    return this.ofType(type).filter(({ id, awsManaged }) =>
      awsManaged ? this.isEnabled(type) : this.#targets.get(id)?.has(targetId),
    );
  }

  #check({ type, name, content }: Omit<StoredPolicy, 'id' | 'awsManaged'>, id?: string): void {
    if (this.ofType(type).some((other) => other.name === name && other.id !== id)) {
      throw new OrganizationsError('DuplicatePolicyException', `A policy with the name ${name} already exists.`);
    }
    if (content.length > limits[type].characters) {
      const message = `The policy has ${content.length} characters; the maximum is ${limits[type].characters}.`;
      throw new OrganizationsError('ConstraintViolationException', message);
    }
    sourceOf({ type, name, content });
  }

  /**
   * Attaches to each account what it has and inherits. The policies of AWS, which allow everything, stay attached to
   * every level, so that a request passes all levels if no attached policy denies it.
   */
  #apply(): void {
    const sourcesOf = (type: OrganizationPolicyType, account: string): readonly PolicySource[] =>
      this.ofType(type)
        .filter(({ id }) => [...(this.#targets.get(id) ?? [])].some((target) => this.#reaches(target, account)))
        .map(sourceOf);
    for (const { id } of this.#organization.accounts) {
      const [scps, rcps] = [sourcesOf('SERVICE_CONTROL_POLICY', id), sourcesOf('RESOURCE_CONTROL_POLICY', id)];
      this.#identities.attachToAccount(id, { scps, rcps });
    }
  }

  #reaches(target: string, account: string): boolean {
    if (target === account) return true;
    const unit = unitWithId(unitTree(this.#organization), target);
    return unit !== undefined && accountsUnder(unit).some(({ id }) => id === account);
  }
}

/** A policy as the evaluation takes it. */
function sourceOf({ type, name, content }: Pick<StoredPolicy, 'type' | 'name' | 'content'>): PolicySource {
  const code = 'MalformedPolicyDocumentException';
  try {
    return checkedPolicy(code, name, parsedJson(content), type === 'SERVICE_CONTROL_POLICY' ? 'scp' : 'rcp');
  } catch (error) {
    if (error instanceof DeploymentRefused && error.code === code) throw new OrganizationsError(code, error.message);
    if (error instanceof SyntaxError) throw new OrganizationsError(code, 'The provided policy document is no JSON.');
    throw error;
  }
}
