import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import { messageOf } from '@crosswind/aws/problem';
import type { Accepted, Found } from './check-report.ts';

/** Verdict about an assembly: what is wrong, and what waivers accept. */
export interface Verdict {
  readonly found: readonly Found[];
  readonly accepted: readonly Accepted[];
}

/** An assembly that is judged. */
export interface Judged {
  readonly directory: string;
  readonly assembled: readonly AssembledStack[];
}

/** The finding about a judge that failed. */
export const unjudged = (name: string, error: unknown): Found => ({
  id: 'POLICY-1',
  severity: 'error',
  message: `${name} could not judge the platform: ${messageOf(error)}`,
  fix: 'Fix what the message names. What cannot be judged is not deployed.',
  path: undefined,
});
