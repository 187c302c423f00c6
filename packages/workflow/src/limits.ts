import { maxParallelChildren } from '@crosswind/aws/quotas';

/**
 * Quotas of Step Functions that an execution can run into.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */

/** Input or output of a task, state or execution. */
export const MAX_PAYLOAD_BYTES = 262_144;

/** One variable, and all that one Assign sets. */
export const MAX_VARIABLE_BYTES = 262_144;

/** All variables of an execution. */
export const MAX_VARIABLES_BYTES = 10 * 1024 * 1024;

/**
 * Characters of an error and of its cause, in the history and in answers.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_ExecutionFailedEventDetails.html
 */
export const MAX_ERROR_CHARACTERS = 256;
export const MAX_CAUSE_CHARACTERS = 32_768;

/** Events of one Standard execution; the last one says how it ended. */
export const MAX_HISTORY_EVENTS = 25_000;

/** Express executions end after five minutes. */
export const MAX_EXPRESS_MILLISECONDS = 5 * 60 * 1000;

/** Iterations of an inline Map at a time. */
export const MAX_INLINE_CONCURRENCY = 40;

/** Child executions of a Map Run at a time. */
export const MAX_MAP_RUN_CONCURRENCY = maxParallelChildren;

/** Redrives of a Map Run. */
export const MAX_MAP_RUN_REDRIVES = 1_000;

/** Items of a Map Run. */
export const MAX_MAP_RUN_ITEMS = 100_000_000;

/** Longest wait or timeout: 99,999,999 seconds, about three years. */
export const MAX_SECONDS = 99_999_999;

/** Longest wait until a timestamp: 2^31 - 1 seconds, as recorded. */
export const MAX_WAIT_UNTIL_SECONDS = 2 ** 31 - 1;

/** Standard executions end after a year. */
export const MAX_STANDARD_MILLISECONDS = 365 * 24 * 60 * 60 * 1000;

/** Not a quota of AWS: an Express execution that records so much without waiting is taken to loop until its time is up. */
export const RUNAWAY_EVENTS = 250_000;
