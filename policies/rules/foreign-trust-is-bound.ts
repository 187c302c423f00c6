import type { Stack } from '@crosswind/assembly/resolve';
import { isObject } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { isBound } from '../access/bounds.ts';
import { isEverybody } from '../access/everybody.ts';
import { policiesIn } from '../access/policies-in.ts';
import { type Statement, isAllow, printed, textsOf } from '../access/statement.ts';
import { type Rule, findingAt, resources } from './rule.ts';

export const foreignTrustIsBound: Rule = {
  id: 'TRUST-1',
  severity: 'error',
  requires:
    'A role that trusts another account asks for sts:ExternalId or for membership of the organization; one that trusts everybody, for the organization or an account.',
  because: 'Otherwise anyone who controls that account, or misleads a service in it, controls this role, too.',
  fix: "Add a condition: StringEquals on sts:ExternalId (as `TargetRole` does), or on aws:PrincipalOrgID (`new OrganizationPrincipal('o-…')`).",
  check: ({ possible, organization }) =>
    resources(possible)
      .flatMap(policiesIn)
      .filter(({ use }) => use === 'trust')
      .flatMap(({ at, property, statements }) =>
        statements
          .filter(isAllow)
          .flatMap((statement) =>
            foreign(statement, at.stack)
              .filter(({ bounds }) => !isBound(statement, bounds, organization))
              .map(({ principal }) => `it trusts ${principal} without such a condition: ${printed(statement)}`),
          )
          .map((message) => findingAt(at, { property, message })),
      ),
};

interface Foreign {
  readonly principal: string;
  readonly bounds: Parameters<typeof isBound>[1];
}

/** The principals of a statement that are not certainly of the stack's own account, and what binds them. */
function foreign(
  { Principal: principal, NotPrincipal: except }: Statement,
  { account, region }: Stack,
): readonly Foreign[] {
  if (except !== undefined) return [{ principal: `everybody but ${JSON.stringify(except)}`, bounds: 'caller' }];
  const accounts = isObject(principal) ? textsOf(principal['AWS']) : textsOf(principal);
  const others = isObject(principal)
    ? Object.entries(principal).flatMap(([kind, names]) => (kind === 'AWS' ? [] : textsOf(names).filter(isEverybody)))
    : [];
  return [...accounts, ...others]
    .filter((name) => name !== account && !name.startsWith(`arn:${partitionOf(region)}:iam::${account}:`))
    .map((name) => ({ principal: name, bounds: isEverybody(name) ? 'caller' : 'foreign account' }));
}
