import type { Stack } from '@crosswind/assembly/resolve';
import type { OpaqueResources } from './opaque-resources.ts';
import { partlyOpaque } from './partly-opaque.ts';
import { DeploymentRefused } from './refusal.ts';

/**
 * Resources that exist on AWS and not in the sandbox: opaque ones, and those that the app names and none of its stacks
 * holds, such as `Role.fromRoleArn`. Without an assembly nothing is outside, and a name that does not exist is refused as
 * AWS would refuse it.
 */
export class OnlyOnAws {
  readonly #opaque: Pick<OpaqueResources, 'all'>;
  readonly #assembly: readonly Stack[] | undefined;
  readonly #inside: ReadonlySet<string>;

  constructor(opaque: Pick<OpaqueResources, 'all'>, assembly?: readonly Stack[]) {
    this.#opaque = opaque;
    this.#assembly = assembly;
    const resources = assembly?.flatMap((stack) => stack.resources);
    this.#inside = new Set(resources?.flatMap(({ arn }) => (arn === undefined ? [] : [keyOf(arn)])));
  }

  /** True if there may be resources outside the assembly: a failure need not be one on AWS. */
  get isOpen(): boolean {
    return this.#assembly !== undefined;
  }

  /** Reason that a resource exists on AWS but not in the sandbox, as a clause; undefined if AWS does not have it either. */
  why(kind: string, arn: string): string | undefined {
    const key = keyOf(arn);
    const missing = this.#opaque.all.filter(({ type }) => !partlyOpaque.has(type));
    if (missing.some((each) => each.arn !== undefined && keyOf(each.arn) === key)) {
      return `the ${kind} ${arn} is opaque`;
    }
    const isOutside = this.#assembly !== undefined && arn.startsWith('arn:') && !this.#inside.has(key);
    return isOutside ? `the ${kind} ${arn} exists outside this assembly` : undefined;
  }

  /** True if no stack of the assembly has a resource of the type in the account. */
  isOutside(type: string, account: string): boolean {
    if (!this.#assembly) return false;
    const stacks = this.#assembly.filter((stack) => stack.account === account);
    return !stacks.some(({ resources }) => resources.some((resource) => resource.type === type));
  }

  /**
   * The refusal of a resource that needs another one, which the sandbox does not have: by AWS, or by the sandbox only, so
   * that the resource becomes opaque.
   */
  refusal(kind: string, arn: string, byAws: DeploymentRefused): DeploymentRefused {
    const why = this.why(kind, arn);
    return why === undefined ? byAws : new DeploymentRefused('NotSupported', why);
  }
}

/** An ARN without the path of a role, which a policy that names the role does not repeat. */
const keyOf = (arn: string): string => arn.replace(/(:iam::\d{12}:role\/).*\//, '$1');
