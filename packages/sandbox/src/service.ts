import type { Resource, Stack } from '@crosswind/assembly/resolve';
import type { HttpService } from './endpoint.ts';
import type { Offer } from './tasks/integration.ts';

/** Attributes of a resource that are known only once it exists, by name. */
export type Attributes = Readonly<Record<string, string>>;

/**
 * Creates one resource, or throws a `DeploymentRefused` as AWS would refuse it. Calls `answer` with attributes that are
 * known only now.
 */
export type Creator = (
  resource: Resource,
  stack: Stack,
  answer: (attributes: Attributes) => void,
) => Promise<void> | void;

/** A simulated service of AWS: one folder, and one line in `services.ts`. */
export interface SandboxService {
  /**
   * Answers its clients over HTTP.
   *
   * @default - it has no clients
   */
  readonly endpoint?: HttpService;
  /**
   * Creates resources, by CloudFormation type.
   *
   * @default - none
   */
  readonly resources?: Readonly<Record<string, Creator>>;
  /**
   * Integrations that tasks of state machines call.
   *
   * @default - none
   */
  readonly integrations?: readonly Offer[];
}
