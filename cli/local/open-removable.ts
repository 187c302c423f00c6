import { openSandbox, type Sandbox, type SandboxProps } from '@crosswind/sandbox/sandbox';
import type { Platform } from '../../config/schema.ts';
import type { Removable } from '../interrupt.ts';
import type { PlatformOptions } from './platform-options.ts';

/** The sandbox of a command, which goes with it. */
export async function openRemovable(
  { poll, crash, strict }: Pick<PlatformOptions, 'poll' | 'crash' | 'strict'>,
  platform: Pick<Platform, 'organization'> | undefined,
  props: SandboxProps = {},
): Promise<Sandbox & Removable> {
  const sandbox = await openSandbox({
    pollIntervalSeconds: poll,
    crashFirstAttempts: crash,
    strict,
    ...(platform && { organizationId: platform.organization.id }),
    ...props,
  });
  return { ...sandbox, remove: () => sandbox.close() };
}
