import { z } from 'zod';

/** A name that becomes part of a key: an execution's, or a batch's. Execution names have up to 80 characters. */
export const keyPart = z.string().regex(/^[^/\s]{1,80}$/, 'must be 1 to 80 characters without slash or space');

/** Prefix of all results of an execution, in the results bucket. */
const root = (execution: string) => `executions/${execution}`;

/** Where a batch's partial result goes: a folder of its own at the top, because a lifecycle rule deletes it by prefix. */
export const partialKey = (execution: string, batch: string) => `partials/${execution}/${batch}.ndjson`;

/** Where the merged result goes. */
export const consolidatedKey = (execution: string) => `${root(execution)}/consolidated.ndjson`;

/** Where the final output goes. */
export const outputKeys = (execution: string) => ({
  summary: `${root(execution)}/summary.json`,
  stations: `${root(execution)}/stations.csv`,
  months: `${root(execution)}/months.csv`,
  map: `${root(execution)}/map.svg`,
});
