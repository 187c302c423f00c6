import type { AwsAccess } from '../io.ts';
import { isOfPlatform, stackKey } from '../platform/platform-stacks.ts';
import { AccountReader } from '../preflight/account-reader.ts';
import type { Orphan } from './orphan.ts';

/** An account to look into. */
export interface Searched {
  readonly account: string;
  readonly regions: readonly string[];
  /** Keys of the stacks that belong there, as `stackKey` makes them. */
  readonly expected: ReadonlySet<string>;
  readonly aws?: AwsAccess;
}

/** Stacks of the platform in an account that nothing expects. Reads as its viewer role. */
export async function findOrphans({ account, regions, expected, aws }: Searched): Promise<readonly Orphan[]> {
  const orphans: Orphan[] = [];
  for (const region of regions) {
    const reader = new AccountReader(account, region, aws);
    try {
      await reader.assume();
      for (const { name } of (await reader.stacks()).filter(isOfPlatform)) {
        if (!expected.has(stackKey(account, region, name))) {
          orphans.push({ account, region, name, ...(await contentsOf(reader, name)) });
        }
      }
    } finally {
      reader.destroy();
    }
  }
  return orphans;
}

async function contentsOf(
  reader: AccountReader,
  name: string,
): Promise<Pick<Orphan, 'isProtected' | 'deleted' | 'kept'>> {
  const retained = await reader.retained(name);
  const living = (await reader.resources(name)).filter(({ status }) => status !== 'DELETE_COMPLETE');
  return {
    isProtected: (await reader.stack(name))?.isProtected ?? false,
    deleted: living.filter(({ logicalId }) => !retained.has(logicalId)),
    kept: living.filter(({ logicalId }) => retained.has(logicalId)),
  };
}
