import { accountOf } from './arn-pattern.ts';
import type { Condition } from './condition.ts';
import { valuesOf } from './context-values.ts';
import type { NearMiss } from './decision.ts';
import type { PolicySource } from './policy-document.ts';
import { principalName } from './principal.ts';
import type { Question } from './question.ts';
import { matchStatement } from './statement-match.ts';
import { statementsOf, type PolicyType, type Statement } from './statement.ts';

/** Near miss with the statement and the conditions it failed on, to derive the fix. */
export interface ExaminedMiss extends NearMiss {
  readonly source: Statement;
  readonly unmet: readonly Condition[];
}

const CLOSEST_FIRST = ['condition', 'resource', 'principal'] as const;

/** The Allow statements of some policies that allow the action but not this request, closest first. */
export function nearMisses(
  question: Question,
  policyType: PolicyType,
  policies: readonly PolicySource[],
): readonly ExaminedMiss[] {
  const misses = policies.flatMap((policy) =>
    statementsOf(policy, policyType).flatMap((source): readonly ExaminedMiss[] => {
      const match = source.effect === 'Allow' ? matchStatement(source, question) : undefined;
      if (match?.applies !== false || match.failed === 'action') return [];
      const unmet = match.failed === 'condition' ? match.unmet : [];
      const where = `${source.label} of ${policy.name}`;
      const explanation = `${where} ${whyNot(question, source, match.failed, unmet)}`;
      return [
        { policy: policy.name, policyType, statement: source.label, failed: match.failed, explanation, source, unmet },
      ];
    }),
  );
  return CLOSEST_FIRST.flatMap((failed) => misses.filter((miss) => miss.failed === failed));
}

function whyNot(
  question: Question,
  statement: Statement,
  failed: NearMiss['failed'],
  unmet: readonly Condition[],
): string {
  const { action, principal } = question.request;
  switch (failed) {
    case 'principal': {
      const names = statement.principals?.values.names.join(', ') ?? '';
      return `names ${names}, not ${principalName(principal)}`;
    }
    case 'resource': {
      const patterns = (statement.resources?.values ?? []).map(({ text }) => place(text)).join(', ');
      return `allows ${action} ${statement.resources?.negated === true ? 'except' : 'only'} on ${patterns}`;
    }
    case 'condition':
      return `allows ${action} only if ${unmet.map((condition) => demand(condition, question)).join(' and ')}`;
  }
}

function place(pattern: string): string {
  const account = accountOf(pattern);
  return account === undefined ? `"${pattern}"` : `"${pattern}" of account ${account}`;
}

function demand({ operator, key, contextKey, expected }: Condition, { context }: Question): string {
  const actual = valuesOf(context, contextKey);
  return `${operator} ${key} ${quoted(expected)} (got ${actual === undefined ? 'nothing' : quoted(actual)})`;
}

const quoted = (values: readonly string[]): string => values.map((value) => `"${value}"`).join(' or ');
