import { actionsWithResources } from '../access/action-reference.ts';
import {
  actionPatterns,
  isEverything,
  isWholeService,
  namesResourcesByCondition,
  resourcePatterns,
} from '../access/breadth.ts';
import { policiesIn } from '../access/policies-in.ts';
import { type Statement, isAllow, printed } from '../access/statement.ts';
import { type Rule, findingAt, resources } from './rule.ts';

export const policyNamesResources: Rule = {
  id: 'ACCESS-2',
  severity: 'error',
  requires:
    'A policy of a role, user or group names the resources of actions that have resources and do more than list.',
  because: 'On `*` an action reaches what other teams keep in the account, today and later.',
  fix: 'Write the ARNs that are needed into `Resource`; only an action that knows no resources is allowed on `*`.',
  check: ({ possible }) =>
    resources(possible)
      .flatMap(policiesIn)
      .filter(({ use }) => use === 'identity')
      .flatMap(({ at, property, statements }) =>
        statements.filter(isOnEverything).flatMap((statement) => {
          const reached = actionPatterns(statement)
            .filter((action) => !isWholeService(action))
            .filter((action) => actionsWithResources(action).length > 0);
          const message = `it allows ${reached.join(', ')} on every resource: ${printed(statement)}`;
          return reached.length === 0 ? [] : [findingAt(at, { property, message })];
        }),
      ),
};

const isOnEverything = (statement: Statement): boolean =>
  isAllow(statement) && resourcePatterns(statement).some(isEverything) && !namesResourcesByCondition(statement);
