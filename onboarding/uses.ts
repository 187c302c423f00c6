import type { Platform } from '../config/schema.ts';

/** A reason why an account is needed. */
export type Use =
  | { readonly kind: 'pipeline' }
  | { readonly kind: 'monitoring' }
  | { readonly kind: 'stage'; readonly stage: string; readonly tenant: string; readonly wave: string };

/** Everything that the account of that name is needed for, in the order of the file. */
export function usesOf({ pipeline, monitoring, tenants }: Platform, account: string): readonly Use[] {
  return [
    ...(pipeline.account === account ? [{ kind: 'pipeline' } as const] : []),
    ...(monitoring.account === account ? [{ kind: 'monitoring' } as const] : []),
    ...tenants.flatMap(({ name: tenant, waves }) =>
      Object.entries(waves).flatMap(([wave, { stages }]) =>
        stages
          .filter((placed) => placed.account === account)
          .map(({ stage }) => ({ kind: 'stage' as const, stage, tenant, wave })),
      ),
    ),
  ];
}

/** For example `child of orders in wave dev`. */
export const useText = (use: Use): string =>
  use.kind === 'stage' ? `${use.stage} of ${use.tenant} in wave ${use.wave}` : use.kind;
