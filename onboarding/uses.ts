import type { Platform } from '../config/schema.ts';

/** What an account is needed for. */
export type Use =
  | { readonly kind: 'pipeline' }
  | { readonly kind: 'monitoring' }
  | { readonly kind: 'parent' | 'child'; readonly tenant: string; readonly wave: string };

/** Everything that the account of that name is needed for, in the order of the file. */
export function usesOf({ pipeline, monitoring, tenants }: Platform, account: string): readonly Use[] {
  return [
    ...(pipeline.account === account ? [{ kind: 'pipeline' } as const] : []),
    ...(monitoring.account === account ? [{ kind: 'monitoring' } as const] : []),
    ...tenants.flatMap(({ name: tenant, waves }) =>
      Object.entries(waves).flatMap(([wave, placed]) =>
        (['parent', 'child'] as const)
          .filter((kind) => placed[kind] === account)
          .map((kind) => ({ kind, tenant, wave })),
      ),
    ),
  ];
}

/** For example `child of wind-speed in wave dev`. */
export const useText = (use: Use): string =>
  use.kind === 'parent' || use.kind === 'child' ? `${use.kind} of ${use.tenant} in wave ${use.wave}` : use.kind;
