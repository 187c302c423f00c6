import type { Resource, Stack } from '@crosswind/assembly/resolve';
import type { JsonObject } from '@crosswind/aws/json';
import type { HttpService } from './endpoint.ts';
import type { Offer } from './tasks/integration.ts';

/** Attributes of a resource that are known only once it exists, by name. */
export type Attributes = Readonly<Record<string, string>>;

/** Properties of a resource that are known only after its creation or change. */
export interface Answered {
  /**
   * The `name` of the resource from now on, for its update and deletion. After an update with a new one, CloudFormation
   * deletes the resource of the old one (AWS: "Custom resource response objects").
   *
   * @default - the name of the resource
   */
  readonly physicalId?: string;
  readonly attributes: Attributes;
  /**
   * True if the attributes are shown as asterisks.
   *
   * @default false
   */
  readonly noEcho?: boolean;
}

/**
 * Creates one resource, or throws a `DeploymentRefused` as AWS would refuse it. Calls `answer` with what is known only
 * now. Does so before it throws, too, if the failed resource is to be deleted under another id than its name.
 */
export type Creator = (resource: Resource, stack: Stack, answer: (answered: Answered) => void) => Promise<void> | void;

/**
 * Changes a resource in place: its identity stays. Throws a `DeploymentRefused` as AWS would refuse the change.
 * @param before the resource as it was deployed last
 */
export type Updater = (
  resource: Resource,
  before: Resource,
  stack: Stack,
  answer: (answered: Answered) => void,
) => Promise<void> | void;

/**
 * Deletes one resource; one that is gone already is no error. Throws a `DeploymentRefused` as AWS would refuse, for example
 * for a bucket that is not empty.
 */
export type Deleter = (resource: Resource, stack: Stack) => Promise<void> | void;

/** The properties of a resource as they are now, in the form of its template; undefined if it is gone. */
export type Reader = (resource: Resource, stack: Stack) => JsonObject | undefined;

/** How CloudFormation handles the resources of a type, permissions aside. */
export interface ResourceHandler {
  readonly create: Creator;
  readonly update: Updater;
  readonly delete: Deleter;
  /**
   * For the detection of drift: properties that the sandbox does not keep are left out.
   *
   * @default - the type takes no part in it (AWS: "Resource type support")
   */
  readonly read?: Reader;
  /**
   * Why the resource could not be deleted as it is now, for the early validation of a change set.
   *
   * @default - nothing is in the way
   */
  readonly hindrance?: (resource: Resource, stack: Stack) => string | undefined;
}

/** A simulated service of AWS: one folder, and one line in `services.ts`. */
export interface SandboxService {
  /**
   * Answers its clients over HTTP.
   *
   * @default - it has no clients
   */
  readonly endpoint?: HttpService;
  /**
   * Creates, changes and deletes resources, by CloudFormation type.
   *
   * @default - none
   */
  readonly resources?: Readonly<Record<string, ResourceHandler>>;
  /**
   * Integrations that tasks of state machines call.
   *
   * @default - none
   */
  readonly integrations?: readonly Offer[];
}
