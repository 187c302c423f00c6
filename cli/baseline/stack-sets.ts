import type { AccountBaseline, Baseline } from '../../onboarding/baseline/baseline.ts';
import { bootstrapVariant } from '../../onboarding/baseline/baseline-template.ts';
import { stackSetPrefix } from '../../policies/organization/guarded.ts';

/** Input of `CreateStackSet`, and of `UpdateStackSet`. */
export interface StackSet {
  readonly StackSetName: string;
  readonly Description: string;
  readonly TemplateBody: string;
  readonly PermissionModel: 'SERVICE_MANAGED';
  readonly AutoDeployment: { readonly Enabled: true; readonly RetainStacksOnAccountRemoval: true };
  readonly Capabilities: readonly ['CAPABILITY_NAMED_IAM'];
  readonly Parameters: readonly { readonly ParameterKey: string; readonly ParameterValue: string }[];
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
}

/** A StackSet with the region that its stacks are in, and the accounts of the platform that have one. */
export interface RegionalStackSet {
  readonly region: string;
  readonly stackSet: StackSet;
  readonly accounts: readonly AccountBaseline[];
}

/** Stands for the ARN of a region's sink, which the baseline of the monitoring account prints. */
export const sinkPlaceholder = (region: string): string => `SINK_ARN_OF_${region}`;

/**
 * Service-managed StackSets for the workload accounts, one per region, the region with the roles first. An account that
 * joins a unit gets the baseline by itself; one that leaves keeps it, else it would lose the bucket of its assets.
 * The accounts of monitoring and of the pipeline are one of a kind each: they get theirs by the script.
 */
export function stackSetsOf({ kinds, accounts, homeRegion }: Baseline): readonly RegionalStackSet[] {
  const template = kinds.find(({ kind }) => kind === 'workload')?.template;
  if (!template) return [];
  const workloads = accounts.filter(({ kind }) => kind === 'workload');
  return [...new Set([homeRegion, ...workloads.flatMap((account) => account.regions)])].map((region) => ({
    region,
    accounts: workloads.filter(({ regions }) => regions.includes(region)),
    stackSet: {
      StackSetName: `${stackSetPrefix}${region}`,
      Description: template.Description,
      TemplateBody: JSON.stringify(template),
      PermissionModel: 'SERVICE_MANAGED',
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true },
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      Parameters: [
        { ParameterKey: 'BootstrapVariant', ParameterValue: bootstrapVariant },
        { ParameterKey: 'SinkArn', ParameterValue: sinkPlaceholder(region) },
      ],
      Tags: [{ Key: 'platform', Value: 'crosswind' }],
    },
  }));
}
