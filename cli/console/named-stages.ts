import { stateMachineArn } from '../../blocks/workflow/address.ts';
import { addressOf, fromEntry, plannedWaves } from '../../config/deployments.ts';
import type { Platform } from '../../config/schema.ts';

/** A state machine of a tenant, as people name it. */
export interface TenantStage {
  readonly tenant: string;
  readonly workload: string;
  readonly stage: string;
  readonly account: string;
  readonly stateMachineArn: string;
  readonly starts: readonly string[];
  /** True for the one that begins a run of its tenant. */
  readonly isEntry: boolean;
}

/** The state machines of all tenants of a platform, by ARN. */
export const tenantStages = (platform: Platform): ReadonlyMap<string, TenantStage> =>
  new Map(
    plannedWaves(platform)
      .flatMap(({ deployments }) => deployments)
      .flatMap((deployment) => {
        const address = addressOf(deployment);
        return fromEntry(deployment).map(({ name: stage, account, starts }) => {
          const arn = stateMachineArn(address, stage);
          const of = { tenant: address.tenant, workload: deployment.tenant.workload, stage, account: account.id };
          return [arn, { ...of, stateMachineArn: arn, starts, isEntry: stage === deployment.entry.name }] as const;
        });
      }),
  );
