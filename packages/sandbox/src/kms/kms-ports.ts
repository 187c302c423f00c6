import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import type { Identities } from '../iam/identities.ts';

export interface KmsPorts {
  readonly identities: Identities;
  readonly onlyOnAws: OnlyOnAws;
}
