import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import type { AccountKind } from '../../config/account-kinds.ts';

/** A promise of the platform that every synth keeps, as a value. */
export interface Rule {
  /** Topic and number, for example `OBS-1`: what a waiver names. */
  readonly id: string;
  /** An `error` ends the synth, a `warning` is only reported. */
  readonly severity: 'error' | 'warning';
  /** Requirement, as a sentence. */
  readonly requires: string;
  /** Consequence where the requirement is not met, and for whom. */
  readonly because: string;
  /** Fix for a finding that names none of its own. */
  readonly fix: string;
  /** Pure: reads no file and prints nothing. What is unknown is not compliant. */
  readonly check: (evidence: Evidence) => readonly Finding[];
}

/** Data that rules check. */
export interface Evidence {
  /** Every stack of the platform; what could not be resolved in them reads `<unresolved>`. */
  readonly stacks: readonly Stack[];
  /**
   * Every stack as it could be deployed: those with conditions on parameters once for each combination of conditions that
   * makes a difference, and resources of unknown types with names that CloudFormation could give them.
   */
  readonly possible: readonly Stack[];
  /** The templates that the stacks were read from, nested ones too. */
  readonly templates: readonly AssembledStack[];
  /**
   * Id of the organization that the platform belongs to.
   *
   * @default - any organization counts as the own one
   */
  readonly organization?: string;
  /**
   * Kind of each account of the platform, by its id.
   *
   * @default - no account has guards, so nothing is held against them
   */
  readonly kinds?: ReadonlyMap<string, AccountKind>;
  /**
   * True if everything that the platform names is among the stacks.
   *
   * @default true
   */
  readonly allDeployed?: boolean;
  /** Paths in the repository, for example `docs/runbooks/executions-failed.md`. */
  readonly runbooks: readonly string[];
  /**
   * Names of accounts by their ids.
   *
   * @default - accounts are called by their ids
   */
  readonly accountNames?: ReadonlyMap<string, string>;
  /**
   * Size of what the pipeline hands from its build to its actions, compressed.
   *
   * @default - not known
   */
  readonly artifactBytes?: number;
}

/** Where a rule is broken, and what came instead. */
export interface Finding {
  /** Construct path of the resource, or of its stack if the template does not have it. */
  readonly path: string;
  readonly logicalId: string;
  readonly templateFile: string;
  /** Path of the property, for example `Properties.AlarmActions`. */
  readonly property: string;
  /** Lower case, no full stop. */
  readonly message: string;
  /**
   * Fix for this finding.
   *
   * @default - the rule's own
   */
  readonly fix?: string;
}

/** A resource and the stack that holds it. */
export interface Located {
  readonly stack: Stack;
  readonly resource: Resource;
}

/** Every resource of one of these types, in any stack. */
export const resourcesOfType = (stacks: readonly Stack[], ...types: readonly string[]): readonly Located[] =>
  stacks.flatMap((stack) =>
    stack.resources.filter(({ type }) => types.includes(type)).map((resource) => ({ stack, resource })),
  );

/** Every resource of every stack. */
export const resources = (stacks: readonly Stack[]): readonly Located[] =>
  stacks.flatMap((stack) => stack.resources.map((resource) => ({ stack, resource })));

/** A finding at a resource. */
export const findingAt = (
  { stack, resource }: Located,
  found: Pick<Finding, 'property' | 'message' | 'fix'>,
): Finding => ({
  path: resource.path === resource.logicalId ? stack.path : resource.path,
  logicalId: resource.logicalId,
  templateFile: stack.templateFile,
  ...found,
});
