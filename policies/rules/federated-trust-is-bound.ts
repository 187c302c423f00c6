import { isUnresolved, objectOf } from '@crosswind/aws/json';
import { asksFor } from '../access/bounds.ts';
import { actionPatterns } from '../access/breadth.ts';
import { policiesIn } from '../access/policies-in.ts';
import {
  type ConditionKey,
  type Statement,
  conditionsOf,
  isAllow,
  matches,
  printed,
  textsOf,
} from '../access/statement.ts';
import { type Rule, findingAt, resources } from './rule.ts';

export const federatedTrustIsBound: Rule = {
  id: 'TRUST-2',
  severity: 'error',
  requires:
    'A role that trusts an identity provider asks for the audience of a token, or its subject; for a provider that everybody uses, for the subject.',
  because: 'Such a provider signs tokens for all its users: without a condition any of them controls this role.',
  fix: 'Add a condition with values that name whom you mean, for example StringEquals on token.actions.githubusercontent.com:sub, SAML:aud or cognito-identity.amazonaws.com:aud.',
  check: ({ possible }) =>
    resources(possible)
      .flatMap(policiesIn)
      .filter(({ use }) => use === 'trust')
      .flatMap(({ at, property, statements }) =>
        statements
          .filter((statement) => isAllow(statement) && mayAssume(statement))
          .flatMap((statement) =>
            textsOf(objectOf(statement['Principal'])['Federated']).flatMap((provider) => {
              const lacking = lackingFor(provider, statement);
              const message = `it trusts ${provider} without a condition on ${lacking}: ${printed(statement)}`;
              return lacking === undefined ? [] : [findingAt(at, { property, message })];
            }),
          ),
      ),
};

const mayAssume = (statement: Statement): boolean =>
  actionPatterns(statement).some((action) =>
    ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML', 'sts:AssumeRole'].some((name) => matches(action, name)),
  ) || statement['NotAction'] !== undefined;

/** Condition that a statement lacks for tokens of the provider, if any. */
function lackingFor(provider: string, statement: Statement): string | undefined {
  const conditions = conditionsOf(statement);
  if (provider.includes(':saml-provider/')) {
    return conditions.some((each) => /^saml:(aud|iss|sub)$/.test(each.key) && asksFor(each, namesSomebody))
      ? undefined
      : 'SAML:aud';
  }
  const issuer = /:oidc-provider\/(.+)$/.exec(provider)?.[1] ?? provider;
  const claims = conditions.filter(({ key }) => isUnresolved(issuer) || key.startsWith(`${issuer.toLowerCase()}:`));
  const has = (names: RegExp, isNarrow: (value: string) => boolean): boolean =>
    claims.some((each) => names.test(claimOf(each)) && asksFor(each, isNarrow));
  if (isShared(issuer, claims)) return has(/^(sub|job_workflow_ref)$/, namesOwner) ? undefined : `${issuer}:sub`;
  return has(/^(aud|app_id|azp|oaud)$/, namesAudience) || has(/^sub$/, namesSomebody)
    ? undefined
    : `${issuer}:aud or ${issuer}:sub`;
}

const claimOf = ({ key }: ConditionKey): string => key.slice(key.lastIndexOf(':') + 1);

/**
 * Providers whose one issuer and audience serve all their customers, so that only the subject distinguishes them (IAM User
 * Guide, "Identity-provider controls for shared OIDC providers").
 */
const shared =
  /^(token\.actions\.githubusercontent\.com|oidc-configuration\.audit-log\.githubusercontent\.com|gitlab\.com|app\.terraform\.io|agent\.buildkite\.com|oidc\.codefresh\.io|oidc\.vercel\.com|api\.pulumi\.com(\/oidc)?|sandboxes\.cloud|scalr\.io|shisho\.dev|studio\.datachain\.ai|upboundnet|proidc\.upbound\.io|vstoken\.dev\.azure\.com|pipelines\.bitbucket\.org)(?![\w.])/i;

const isShared = (issuer: string, claims: readonly ConditionKey[]): boolean =>
  shared.test(issuer) || claims.some(({ key }) => shared.test(key.slice(0, key.lastIndexOf(':'))));

/** True unless the value consists of wildcards. */
const namesSomebody = (value: string): boolean => !isUnresolved(value) && /[^*?:/]/.test(value);

/** Every cluster and pipeline that signs in to AWS asks for the audience `sts.amazonaws.com`. */
const namesAudience = (value: string): boolean => namesSomebody(value) && value !== 'sts.amazonaws.com';

/** True if the value names the owner before its first wildcard, to the end: `repo:org/*` does, `repo:org*` does not. */
const namesOwner = (value: string, hasWildcards = true): boolean =>
  !isUnresolved(value) &&
  value !== '' &&
  (!hasWildcards || !/[*?]/.test(value) || /^[^*?]*[:/][^*?:/]+[:/]/.test(value));
