import { policiesIn } from '../access/policies-in.ts';
import { actionPatterns, isWholeService } from '../access/breadth.ts';
import { type Statement, isAllow, printed } from '../access/statement.ts';
import { type Rule, findingAt, resources } from './rule.ts';

export const policyNamesActions: Rule = {
  id: 'ACCESS-1',
  severity: 'error',
  requires: 'A policy of a role, user or group names the actions that it allows, and where.',
  because: 'A wildcard grows with every action that AWS adds, and `NotAction` allows all that nobody thought of.',
  fix: 'List the actions that are needed in `Action`, and their ARNs in `Resource`.',
  check: ({ possible }) =>
    resources(possible)
      .flatMap(policiesIn)
      .filter(({ use }) => use === 'identity')
      .flatMap(({ at, property, statements }) =>
        statements
          .filter(isAllow)
          .flatMap((statement) =>
            excess(statement).map((what) =>
              findingAt(at, { property, message: `it allows ${what}: ${printed(statement)}` }),
            ),
          ),
      ),
};

function excess(statement: Statement): readonly string[] {
  if (statement['NotAction'] !== undefined) return [`everything but ${JSON.stringify(statement['NotAction'])}`];
  if (statement['NotResource'] !== undefined) {
    return [`actions everywhere but on ${JSON.stringify(statement['NotResource'])}`];
  }
  const wide = actionPatterns(statement).filter(isWholeService);
  return wide.length === 0 ? [] : [`every action of ${wide.map(serviceOf).join(', ')}`];
}

const serviceOf = (action: string): string => {
  const [service = '', name] = action.split(':');
  return name === undefined || /[*?]/.test(service) ? 'every service' : service;
};
