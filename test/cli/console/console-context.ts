import type { Stack } from '@crosswind/assembly/resolve';
import { openSandbox, type Sandbox } from '@crosswind/sandbox/sandbox';
import { onTestFinished } from 'vitest';
import type { ConsoleContext } from '../../../cli/console/console-context.ts';
import type { Platform } from '../../../config/schema.ts';

/** An empty sandbox that is closed after the test. */
export async function emptySandbox(): Promise<Sandbox> {
  const sandbox = await openSandbox();
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** Context of a page about an app; without a platform, its accounts are those of its stacks. */
export const contextOf = (sandbox: Sandbox, stacks: readonly Stack[], platform?: Platform): ConsoleContext => ({
  sandbox,
  stacks,
  platform,
  root: process.cwd(),
  accounts: platform?.accounts ?? stacks.map(({ account: id, region }) => ({ id, name: id, region })),
  results: () => Promise.resolve(new Map()),
});
