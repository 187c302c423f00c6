import type { Clone } from '../../../blocks/discover-workloads.ts';
import type { ContractCheck, Mix, TenantInWave } from '../runs/run-data.ts';

/** A tenant whose old and new stages are to run together. */
export interface ContractAsked extends TenantInWave {
  readonly workload: string;
  readonly before: AskedSide;
  readonly after: AskedSide;
  /** Stages that change. */
  readonly changed: readonly string[];
}

/** An assembly and the clone with the code of its workloads. */
export interface AskedSide {
  /** Directory of the cloud assembly. */
  readonly directory: string;
  readonly clone: Clone;
}

/** Part of a check that a run finds out. */
export type ContractFound = Pick<ContractCheck, 'input' | 'entryStatus' | 'mixes' | 'differences'>;

/** Answer of the process: how far it is, what it has found, or why it cannot. */
export type ContractAnswer =
  | { readonly kind: 'progress'; readonly mix: Mix }
  | { readonly kind: 'found'; readonly found: ContractFound }
  | { readonly kind: 'missing'; readonly why: string };
