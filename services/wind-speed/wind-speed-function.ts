import type { Construct } from 'constructs';
import {
  LeastPrivilegeFunction,
  type LeastPrivilegeFunctionProps,
} from '../../blocks/baseline/least-privilege-function.ts';

export interface WindSpeedFunctionProps extends Omit<LeastPrivilegeFunctionProps, 'entry'> {
  /** Name of the entry file in `functions/`, without `.entry.ts`. */
  readonly entry: 'analyze' | 'consolidate' | 'convert' | 'import-objects' | 'write-sample';
}

/** A function of this workload. */
export class WindSpeedFunction extends LeastPrivilegeFunction {
  constructor(scope: Construct, id: string, { entry, ...props }: WindSpeedFunctionProps) {
    super(scope, id, { ...props, entry: `${import.meta.dirname}/functions/${entry}.entry.ts` });
  }
}
