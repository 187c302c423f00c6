import type { Account, Platform } from './schema.ts';

/** Jobs that an account can have. A workload never shares its account with the platform; the other two may share one. */
export type AccountJob = 'monitoring' | 'pipeline' | 'workload';

/** Accounts of one kind have the same baseline, so that a tenant that moves finds what it needs. */
export type AccountKind = AccountJob | 'pipeline-monitoring';

/** In the order in which their baselines are deployed: the sink of monitoring comes before the links to it. */
export const accountKinds: readonly AccountKind[] = ['monitoring', 'pipeline-monitoring', 'pipeline', 'workload'];

/** The kind of an account of the platform. */
export function kindOf({ pipeline, monitoring }: Platform, { name }: Pick<Account, 'name'>): AccountKind {
  if (name === pipeline.account) return name === monitoring.account ? 'pipeline-monitoring' : 'pipeline';
  return name === monitoring.account ? 'monitoring' : 'workload';
}

/** The jobs of accounts of a kind. */
export const jobsOf = (kind: AccountKind): readonly AccountJob[] =>
  kind === 'pipeline-monitoring' ? ['pipeline', 'monitoring'] : [kind];
