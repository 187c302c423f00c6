import type { Authorize } from '../iam/authorizer.ts';
import type { Parameters } from './parameters.ts';

/** Dependencies of the operations of Parameter Store. */
export interface SsmServicePorts {
  readonly parameters: Parameters;
  readonly authorize: Authorize;
}
