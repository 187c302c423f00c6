import { describe, expect, test } from 'vitest';
import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import type { JsonObject } from '@crosswind/aws/json';
import type { TemplateResource } from '@crosswind/assembly/template';
import { evidenceOf } from '../../../policies/evidence/evidence.ts';
import { rules } from '../../../policies/rules/index.ts';
import type { Finding, Rule } from '../../../policies/rules/rule.ts';
import { assembled } from '@crosswind/assembly/testing/assembled';

/** The resources of one stack, or whole stacks where a rule looks at several accounts. */
export type Given = Readonly<Record<string, TemplateResource>> | readonly AssembledStack[];

export interface InvalidCase {
  readonly given: Given;
  /** A part of what the finding says. */
  readonly message: string;
  /** Logical id of the resource that it is at. */
  readonly at: string;
  readonly property: string;
  /**
   * A part of what it says is to be done.
   *
   * @default - the rule's own fix
   */
  readonly fix?: string;
}

export interface RuleCases {
  /** @default - none */
  readonly runbooks?: readonly string[];
  readonly valid: Readonly<Record<string, Given>>;
  readonly invalid: Readonly<Record<string, InvalidCase>>;
}

/** The account of `resource`. */
const kinds = new Map([['111111111111', 'workload' as const]]);

/** Tests a rule with sentences: what it accepts and, one finding each, what it finds. */
export function testRule(rule: Rule, { runbooks = [], valid, invalid }: RuleCases): void {
  const check = (given: Given): readonly Finding[] =>
    rule.check(evidenceOf(stacksOf(given), { runbooks, organization: 'o-exampleorg1', kinds }));

  describe(`${rule.id}: ${rule.requires}`, () => {
    test('runs, and is tried with what it accepts and what it does not', () => {
      expect(rules).toContain(rule);
      expect(Object.keys(valid)).not.toEqual([]);
      expect(Object.keys(invalid)).not.toEqual([]);
    });

    test.each(Object.entries(valid))('accepts %s', (_, given) => {
      expect(check(given)).toEqual([]);
    });

    test.each(Object.entries(invalid))('finds %s', (_, { given, message, at, property, fix }) => {
      const findings = check(given);
      expect(findings.map((finding) => [finding.logicalId, finding.property])).toEqual([[at, property]]);
      expect(findings[0]?.message).toContain(message);
      expect(findings[0]?.fix ?? rule.fix).toContain(fix ?? rule.fix);
      expect(findings[0]?.path).toBe(`App/One/${at}`);
    });
  });
}

/** A resource of type `type`, with the construct path that findings name. */
export const resource = (
  type: string,
  logicalId: string,
  properties: JsonObject,
): Readonly<Record<string, TemplateResource>> => ({
  [logicalId]: { Type: type, Properties: properties, Metadata: { 'aws:cdk:path': `App/One/${logicalId}` } },
});

const isStacks = (given: Given): given is readonly AssembledStack[] => Array.isArray(given);

const stacksOf = (given: Given): readonly AssembledStack[] =>
  isStacks(given) ? given : [assembled({ Resources: given })];
