import type { Stack } from '@crosswind/assembly/resolve';
import { type JsonObject, objectOf } from '@crosswind/aws/json';
import type { Platform } from '../../config/schema.ts';
import { isOfPolicy, isPolicyType } from './diff/policy-properties.ts';
import { canonical } from './diff/canonical.ts';
import { replacing } from './movement.ts';
import type { PlanSide } from './plan-side.ts';

/**
 * New stacks whose policies are those of a stack that was there before, for other accounts and tenants: the own account, those of
 * the same tenant and wave by their stages, the tenant, the wave and the region are the only differences. An account of
 * anybody else is one.
 */
export function stacksWithKnownAccess(added: readonly Stack[], before: PlanSide, after: PlanSide): ReadonlySet<Stack> {
  if (added.length === 0) return new Set();
  const textBefore = policyTexts(before.platform);
  const textAfter = policyTexts(after.platform);
  const known = new Set(before.stacks.map(textBefore));
  return new Set(added.filter((stack) => known.has(textAfter(stack))));
}

/** The policies of a stack as a text, in which its own surroundings have common names. */
function policyTexts(platform: Platform): (stack: Stack) => string {
  const words = surroundings(platform);
  return (stack) => {
    const [, placement = ''] = stack.path.split('/');
    const own = new Map([
      ...(words.accounts.get(stack.account) ?? []),
      ...(words.placements.get(placement) ?? []),
      [stack.region, '<region>'],
    ]);
    return replacing(own)(JSON.stringify(policiesOf(stack)));
  };
}

/** Resources that have policies, with nothing but those. */
const policiesOf = ({ template }: Stack): JsonObject =>
  Object.fromEntries(
    Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]) => {
      const kept = Object.entries(Properties).filter(([name]) => isPolicyType(Type) || isOfPolicy(name));
      return kept.length === 0 ? [] : [[id, canonical({ Type, ...objectOf(Object.fromEntries(kept)) })]];
    }),
  );

type Words = readonly (readonly [string, string])[];

/** Common names of an account, and of what a placement has besides. */
function surroundings({ accounts, tenants }: Platform) {
  const byName = new Map<string, string>(accounts.map(({ name, id }) => [name, id]));
  const placements = new Map<string, Words>(
    tenants.flatMap(({ name, waves }) =>
      Object.entries(waves).map(([wave, { stages }]): [string, Words] => [
        `${wave}-${name}`,
        [
          [`${wave}-${name}`, '<placement>'],
          [name, '<tenant>'],
          [wave, '<wave>'],
          ...stages.flatMap(({ stage, account }): Words => [
            [account, `<name of ${stage}>`],
            [byName.get(account) ?? account, `<account of ${stage}>`],
          ]),
        ],
      ]),
    ),
  );
  const own = new Map<string, Words>(
    accounts.map(({ id, name }) => [
      id,
      [
        [id, '<account>'],
        [name, '<name>'],
      ],
    ]),
  );
  return { accounts: own, placements };
}
