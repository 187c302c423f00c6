import { accountNamed } from '../../config/deployments.ts';
import { accountRoleNames } from '../../config/role-names.ts';
import type { Platform } from '../../config/schema.ts';
import { awsFailure } from '../../onboarding/aws-failure.ts';
import { RunFailed } from '../failure.ts';

/** Asks AWS as the viewers of accounts; a failure that somebody can fix is a failed run with the fix. */
export async function askingAws<T>(platform: Platform, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const account = accountNamed(platform, platform.pipeline.account).id;
    const reason = awsFailure(error, {
      service: 'AWS',
      credentials: `a role of the pipeline's account, ${account}`,
      actions: `sts:AssumeRole on the role ${accountRoleNames.viewer} of each account`,
    });
    throw reason === undefined ? error : new RunFailed(reason);
  }
}
