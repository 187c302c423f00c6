import { ownRules } from '../own-rules.ts';
import { alarmChoosesMissingData } from './alarm-chooses-missing-data.ts';
import { alarmHasAction } from './alarm-has-action.ts';
import { alarmHasRunbook } from './alarm-has-runbook.ts';
import { alarmMayPublish } from './alarm-may-publish.ts';
import { crossAccountStartIsWatched } from './cross-account-start-is-watched.ts';
import { foreignTrustIsBound } from './foreign-trust-is-bound.ts';
import type { Rule } from './rule.ts';
import { taskHasTimeout } from './task-has-timeout.ts';

/** Every promise of the platform: the template's rules, then those of this clone. */
export const rules: readonly Rule[] = [
  crossAccountStartIsWatched,
  foreignTrustIsBound,
  taskHasTimeout,
  alarmHasRunbook,
  alarmHasAction,
  alarmChoosesMissingData,
  alarmMayPublish,
  ...ownRules,
];
