import type { Stack } from '@crosswind/assembly/resolve';
import type { OnDenied } from './cloudformation/denied-call.ts';
import type { FunctionModels } from './lambda/modelled-functions.ts';
import type { SimulatedOrganization } from './organizations/simulated-organization.ts';
import type { IntegrationModelsOf } from './tasks/integration-models.ts';
import type { QuotaSettings } from './quotas/granted-quotas.ts';

export interface SandboxProps {
  /**
   * When virtual time begins, in milliseconds since the epoch.
   *
   * @default - now
   */
  readonly startAt?: number;
  /**
   * Functions that run at the same time.
   *
   * @default - as many as this machine has cores
   */
  readonly capacity?: number;
  /**
   * How often a parent polls a child in another account, in virtual seconds. AWS documents no number.
   *
   * @default 5
   */
  readonly pollIntervalSeconds?: number;
  /**
   * Loses every event that notifies a parent of a child in its own account. EventBridge delivers on a best-effort
   * basis.
   *
   * @default false
   */
  readonly loseEvents?: boolean;
  /**
   * Kills every function during its first attempt at each event.
   *
   * @default false
   */
  readonly crashFirstAttempts?: boolean;
  /**
   * Organization that AWS Organizations reports for the accounts.
   *
   * @default - they are in no organization
   */
  readonly organization?: SimulatedOrganization;
  /**
   * The organization that all accounts of the sandbox belong to, for conditions on `aws:PrincipalOrgID`.
   *
   * @default - none
   */
  readonly organizationId?: string;
  /**
   * The port on loopback.
   *
   * @default 0 - one that is free
   */
  readonly port?: number;
  /**
   * Key that credentials are derived from. Everyone who has it can derive them, too.
   *
   * @default - random bytes
   */
  readonly credentialsKey?: Buffer;
  /**
   * Quotas that AWS has granted instead of its defaults (@crosswind/aws/quotas).
   *
   * @default - AWS's defaults
   */
  readonly quotas?: QuotaSettings;
  /**
   * Models of functions, for simulations of more than this machine can run.
   *
   * @default - every function is run
   */
  readonly models?: FunctionModels;
  /**
   * Models of integrations that the sandbox does not simulate. They answer after the permission check.
   *
   * @default - a task with such an integration fails
   */
  readonly integrationModels?: IntegrationModelsOf;
  /**
   * How long a Map Run takes to list a page of a bucket, in virtual time.
   *
   * @default 0
   */
  readonly listingMilliseconds?: number;
  /**
   * Refuses what AWS can deploy and the sandbox cannot simulate, instead of deploying it as opaque.
   *
   * @default false
   */
  readonly strict?: boolean;
  /**
   * Called for every denied call that makes a client's deployment fail.
   *
   * @default - nothing is called
   */
  readonly onDenied?: OnDenied;
  /**
   * Every stack of the app. Resources that the app names and none of these stacks holds exist outside it: what needs
   * them becomes opaque, except in strict mode.
   *
   * @default - nothing exists outside: what is named must be deployed first
   */
  readonly assembly?: readonly Stack[];
}
