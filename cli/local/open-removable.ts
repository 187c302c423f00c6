import type { Sandbox, SandboxProps } from '@crosswind/sandbox/sandbox';
import type { Platform } from '../../config/schema.ts';
import type { Removable } from '../interrupt.ts';
import { removeLeftovers } from '../temporary-directory.ts';
import type { PlatformOptions } from './platform-options.ts';
import { servedOrganization } from './served-organization.ts';

/** The sandbox of a command, which goes with it. */
export async function openRemovable(
  { poll, crash, strict }: Pick<PlatformOptions, 'poll' | 'crash' | 'strict'>,
  platform: Pick<Platform, 'organization' | 'accounts'> | undefined,
  props: SandboxProps = {},
): Promise<Sandbox & Removable> {
  await removeLeftovers();
  // Loaded when it is needed: help and wrong input are answered without it.
  const { openSandbox } = await import('@crosswind/sandbox/sandbox');
  const sandbox = await openSandbox({
    pollIntervalSeconds: poll,
    crashFirstAttempts: crash,
    strict,
    ...(platform && { organizationId: platform.organization.id, organization: servedOrganization(platform) }),
    ...props,
  });
  return { ...sandbox, remove: () => sandbox.close() };
}
