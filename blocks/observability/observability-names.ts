import type { Severity } from './signal.ts';

/** Topic of the monitoring account that alarms of a severity publish to; each region in use has its own. */
export const alertTopicName = (severity: Severity): string => `crosswind-${severity}`;
