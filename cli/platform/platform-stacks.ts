import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import type { Platform } from '../../config/schema.ts';
import { accountsInOrder } from '../../onboarding/baseline/baseline.ts';
import { isBaselineStack, toolkitStackName } from '../../onboarding/baseline/baseline-template.ts';

/** True if a stack is called like those of the platform. */
export const isOfPlatform = ({ name }: { readonly name: string }): boolean =>
  /^(crosswind|Crosswind)(-|$)/.test(name) || isBaselineStack(name);

/** Key of a stack. The baseline has one, whatever has deployed it. */
export const stackKey = (account: string, region: string, name: string): string =>
  `${account} ${region} ${isBaselineStack(name) ? toolkitStackName : name}`;

/** Keys of the stacks that a push of an assembly deploys, and of the baselines, which it needs. */
export const stacksOfPush = (platform: Platform, assembled: readonly AssembledStack[]): ReadonlySet<string> =>
  new Set([
    ...assembled.map(({ account, region, name }) => stackKey(account, region, name)),
    ...accountsInOrder(platform).flatMap(({ id, regions }) =>
      regions.map((region) => stackKey(id, region, toolkitStackName)),
    ),
  ]);
