import { ownRules } from '../own-rules.ts';
import { alarmChoosesMissingData } from './alarm-chooses-missing-data.ts';
import { alarmHasAction } from './alarm-has-action.ts';
import { alarmHasRunbook } from './alarm-has-runbook.ts';
import { alarmMayPublish } from './alarm-may-publish.ts';
import { attachedPolicyIsNarrow } from './attached-policy-is-narrow.ts';
import { crossAccountStartIsWatched } from './cross-account-start-is-watched.ts';
import { entranceIsNotPublic } from './entrance-is-not-public.ts';
import { federatedTrustIsBound } from './federated-trust-is-bound.ts';
import { foreignTrustIsBound } from './foreign-trust-is-bound.ts';
import { nameIsGivenOnce } from './name-is-given-once.ts';
import { nobodyRaisesPermissions } from './nobody-raises-permissions.ts';
import { identityIsBounded } from './identity-is-bounded.ts';
import { definitionIsAccepted } from './definition-is-accepted.ts';
import { dashboardIsValid } from './dashboard-is-valid.ts';
import { metricIsEmitted } from './metric-is-emitted.ts';
import { policyNamesActions } from './policy-names-actions.ts';
import { policyNamesResources } from './policy-names-resources.ts';
import { resourceIsCatalogued } from './resource-is-catalogued.ts';
import { resourceIsNotPublic } from './resource-is-not-public.ts';
import { retryIsBounded } from './retry-is-bounded.ts';
import type { Rule } from './rule.ts';
import { taskHasTimeout } from './task-has-timeout.ts';
import { templateCanBeJudged } from './template-can-be-judged.ts';
import { templateHoldsNoSecret } from './template-holds-no-secret.ts';
import { templateSuppressesNothing } from './template-suppresses-nothing.ts';
import { withinLimits } from './within-limits.ts';

/** Every promise of the platform: the template's rules, then those of this clone. */
export const rules: readonly Rule[] = [
  crossAccountStartIsWatched,
  foreignTrustIsBound,
  federatedTrustIsBound,
  policyNamesActions,
  policyNamesResources,
  attachedPolicyIsNarrow,
  nobodyRaisesPermissions,
  identityIsBounded,
  resourceIsNotPublic,
  entranceIsNotPublic,
  templateCanBeJudged,
  templateSuppressesNothing,
  templateHoldsNoSecret,
  resourceIsCatalogued,
  taskHasTimeout,
  retryIsBounded,
  definitionIsAccepted,
  nameIsGivenOnce,
  alarmHasRunbook,
  alarmHasAction,
  alarmChoosesMissingData,
  alarmMayPublish,
  metricIsEmitted,
  dashboardIsValid,
  withinLimits,
  ...ownRules,
];
