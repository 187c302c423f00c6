import { isBound } from '../access/bounds.ts';
import { isEverything, actionPatterns, isWholeService, resourcePatterns } from '../access/breadth.ts';
import { everybodyIn } from '../access/everybody.ts';
import { policiesIn } from '../access/policies-in.ts';
import { type Statement, isAllow, printed } from '../access/statement.ts';
import { type Located, type Rule, findingAt, resources } from './rule.ts';

export const resourceIsNotPublic: Rule = {
  id: 'PUBLIC-1',
  severity: 'error',
  requires: 'A policy of a resource admits nobody but those whom it names, or an organization, account or network.',
  because: 'The principal `*` is everybody with an AWS account, for many services everybody on the internet.',
  fix: "Name the principals, or add a condition with exact values: StringEquals on aws:PrincipalOrgID (`new OrganizationPrincipal('o-…')`), aws:PrincipalAccount or aws:SourceAccount.",
  check: ({ possible, organization }) =>
    resources(possible)
      .flatMap(policiesIn)
      .filter(({ use }) => use === 'resource')
      .flatMap(({ at, property, statements }) =>
        statements
          .filter((statement) => isAllow(statement) && !isBound(statement, 'caller or origin', organization))
          .filter((statement) => grants(at, statement))
          .flatMap((statement) =>
            everybodyIn(statement).map((whom) =>
              findingAt(at, { property, message: `it admits ${whom}: ${printed(statement)}` }),
            ),
          ),
      ),
};

/** The policy of a VPC endpoint only limits what goes through it: one that names actions or resources is a limit. */
const grants = ({ resource }: Located, statement: Statement): boolean =>
  resource.type !== 'AWS::EC2::VPCEndpoint' ||
  ((statement['Action'] === undefined || actionPatterns(statement).some(isWholeService)) &&
    (statement['Resource'] === undefined || resourcePatterns(statement).some(isEverything)));
