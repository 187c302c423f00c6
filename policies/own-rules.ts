import type { Rule } from './rules/rule.ts';

/** Rules that this clone adds to those of the template. This list is yours: an upgrade never changes it. */
export const ownRules: readonly Rule[] = [];
