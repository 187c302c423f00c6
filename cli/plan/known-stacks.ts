import type { Stack } from '@crosswind/assembly/resolve';
import { type JsonObject, objectOf } from '@crosswind/aws/json';
import { placementId } from '../../config/construct-ids.ts';
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
    const ofPlacement = words.placements.get(placement) ?? words.inAccount(stack.account);
    const own = new Map([...(words.accounts.get(stack.account) ?? []), ...ofPlacement, [stack.region, '<region>']]);
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

interface Surroundings {
  /** Common names of an account, by its id. */
  readonly accounts: ReadonlyMap<string, Words>;
  /** Common names of a tenant in a wave, by the construct id of its stage. */
  readonly placements: ReadonlyMap<string, Words>;
  /** Common names of every placement that an account (id) is part of. */
  readonly inAccount: (id: string) => Words;
}

function surroundings({ accounts, tenants }: Platform): Surroundings {
  const ids = new Map<string, string>(accounts.map(({ name, id }) => [name, id]));
  const placed = tenants.flatMap((tenant) =>
    Object.entries(tenant.waves).map(([wave, { stages }]) => {
      const inAccounts = stages.map(({ stage, account }) => ({ stage, account, id: ids.get(account) ?? account }));
      const wordsAt = (number: string): Words => [
        [placementId(wave, tenant.name), `<placement${number}>`],
        [tenant.name, `<tenant${number}>`],
        [wave, `<wave${number}>`],
        ...inAccounts.flatMap(({ stage, account, id }): Words => [
          [account, `<name of ${stage}${number}>`],
          [id, `<account of ${stage}${number}>`],
        ]),
      ];
      return { key: placementId(wave, tenant.name), ids: inAccounts.map(({ id }) => id), wordsAt };
    }),
  );
  return {
    accounts: new Map(
      accounts.map(({ id, name }): [string, Words] => [
        id,
        [
          [id, '<account>'],
          [name, '<name>'],
        ],
      ]),
    ),
    placements: new Map(placed.map(({ key, wordsAt }): [string, Words] => [key, wordsAt('')])),
    inAccount: (account) =>
      placed.filter((each) => each.ids.includes(account)).flatMap(({ wordsAt }, index) => wordsAt(` ${index}`)),
  };
}
