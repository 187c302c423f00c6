import { type App, PERMISSIONS_BOUNDARY_CONTEXT_KEY, Validations } from 'aws-cdk-lib/core';
import type { Workloads } from '../blocks/workload.ts';
import { kindOf } from '../config/account-kinds.ts';
import { accountNamed, allDeployed } from '../config/deployments.ts';
import type { Platform } from '../config/schema.ts';
import type { Circumstances } from '../policies/circumstances.ts';
import { guardNames } from '../policies/organization/guarded.ts';
import { policyPlugins } from '../policies/policy-plugins.ts';
import type { Waiver } from '../policies/waiver.ts';
import { isOfReach } from '../policies/reach/accepted.ts';
import { templateWaivers } from '../policies/waivers.ts';
import { stackProps } from '../stages/stack-props.ts';
import { platformStackId } from '../config/construct-ids.ts';
import { PipelineStack } from './pipeline-stack.ts';

export interface AddPlatformProps {
  readonly platform: Platform;
  /** The workload of every tenant. */
  readonly workloads: Workloads;
  /** Waivers besides those of the template. */
  readonly waivers: readonly Waiver[];
  readonly circumstances: Omit<Circumstances, 'allDeployed' | 'organization' | 'accountNames' | 'kinds'>;
  /**
   * False for a synthesis that is tried on a laptop again and again.
   *
   * @default true
   */
  readonly isJudged?: boolean;
}

/** Builds the pipeline with its stages and has the policies judge them when they are synthesized. */
export function addPlatform(
  app: App,
  { platform, workloads, waivers, circumstances, isJudged = true }: AddPlatformProps,
): void {
  // Roles of custom resources and of raw constructs have the boundary, too.
  app.node.setContext(PERMISSIONS_BOUNDARY_CONTEXT_KEY, { name: guardNames.boundary });
  new PipelineStack(app, platformStackId, {
    ...stackProps(platform.region),
    platform,
    workloads,
    env: { account: accountNamed(platform, platform.pipeline.account).id, region: platform.region },
  });
  if (!isJudged) return;
  const judged: Circumstances = {
    ...circumstances,
    organization: platform.organization.id,
    accountNames: new Map(platform.accounts.map(({ id, name }) => [id, name])),
    kinds: new Map(platform.accounts.map((account) => [account.id, kindOf(platform, account)])),
    allDeployed: allDeployed(platform),
  };
  Validations.of(app).addPlugins(
    ...policyPlugins(judged, [...templateWaivers, ...waivers.filter((waiver) => !isOfReach(waiver))]),
  );
}
