import type { GuardQuestion } from './asked.ts';
import { ofBoundary } from './boundary.ts';
import { ofExecution } from './execution.ts';
import { ofResourceControl } from './resource-control.ts';
import { ofServiceControl } from './service-control.ts';

/** Questions that need every action, resource and condition of the guards, by what they ask. */
export const guardQuestions: Readonly<Record<string, readonly GuardQuestion[]>> = {
  ...ofBoundary,
  ...ofExecution,
  ...ofServiceControl,
  ...ofResourceControl,
};
