import type { Template } from '@crosswind/assembly/template';
import { isObject, type Json, listOf, textOf } from '@crosswind/aws/json';
import { DeploymentRefused } from '../refusal.ts';

/** Value of a parameter or of a pseudo parameter, by its name. */
export type ValueOf = (name: string) => Json | undefined;

/**
 * Checks the rules of a template: assertions over its parameters.
 * @throws DeploymentRefused for the first one that does not hold
 */
export function checkRules({ Rules: rules = {} }: Template, valueOf: ValueOf): void {
  for (const [name, { RuleCondition: condition, Assertions: assertions }] of Object.entries(rules)) {
    if (condition !== undefined && evaluated(condition, valueOf, name) !== true) continue;
    for (const { Assert: assert, AssertDescription: description = 'an assertion does not hold' } of assertions) {
      if (evaluated(assert, valueOf, name) === true) continue;
      throw invalid(`Template error: rule ${name} failed: ${description}`);
    }
  }
}

/** Value of an expression of a rule ("Rule-specific intrinsic functions" of the template reference). */
function evaluated(expression: Json, valueOf: ValueOf, rule: string): Json {
  if (Array.isArray(expression)) return listOf(expression).map((item) => evaluated(item, valueOf, rule));
  if (!isObject(expression)) return expression;
  const [[name, argument] = ['', null]] = Object.entries(expression);
  if (name === 'Ref') {
    const value = valueOf(textOf(argument));
    if (value !== undefined) return value;
    throw invalid(`Template error: rule ${rule} refers to ${textOf(argument)}, which is no parameter`);
  }
  const apply = functions[name];
  if (apply) return apply(listOf(evaluated(argument, valueOf, rule)));
  throw new DeploymentRefused('NotSupported', `the sandbox does not evaluate ${name} in the rule ${rule}`);
}

const functions: Readonly<Record<string, (of: readonly Json[]) => boolean>> = {
  'Fn::And': (of) => of.every((each) => each === true),
  'Fn::Or': (of) => of.includes(true),
  'Fn::Not': ([one]) => one !== true,
  'Fn::Equals': ([one = null, other = null]) => textOf(one) === textOf(other),
  'Fn::Contains': ([list, one = null]) => texts(list).includes(textOf(one)),
  'Fn::EachMemberEquals': ([list, one = null]) => texts(list).every((each) => each === textOf(one)),
  'Fn::EachMemberIn': ([list, among]) => texts(list).every((each) => texts(among).includes(each)),
};

const texts = (list: Json | undefined): readonly string[] => listOf(list).map(textOf);

const invalid = (message: string): DeploymentRefused => new DeploymentRefused('ValidationError', message);
