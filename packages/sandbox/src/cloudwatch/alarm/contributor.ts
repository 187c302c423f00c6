import { createHash } from 'node:crypto';
import type { StateUpdate } from './alarm-state.ts';

/** A time series of an alarm on a query with GROUP BY (API_AlarmContributor). */
export interface Contributor {
  readonly id: string;
  /** Values of the labels that the query groups by. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly state: StateUpdate;
}

/** Contributors that an alarm has in ALARM at most (CloudWatch User Guide, "Limits"). */
export const mostContributors = 100;

/** Id of a contributor: 16 characters that are the same for the same attributes, as far as AWS documents it. */
export const contributorId = (attributes: Contributor['attributes']): string =>
  createHash('sha256').update(JSON.stringify(attributes)).digest('hex').slice(0, 16);
