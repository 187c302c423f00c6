import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import type { DeployedTypes } from '../../onboarding/bootstrap.ts';

/** The types of resources that each stack brings to an account. */
export const deployedTypes = (stacks: readonly AssembledStack[]): readonly DeployedTypes[] =>
  stacks.map(({ account, region, template }) => ({
    account,
    region,
    resourceTypes: [...new Set(Object.values(template.Resources).map(({ Type }) => Type))],
  }));
