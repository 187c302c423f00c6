import type { AlarmRef } from '../../blocks/game-day.ts';
import {
  accountOwner,
  alarmNameOf,
  fleetOwner,
  scheduleOwner,
  stageOwner,
} from '../../blocks/observability/observability-names.ts';
import { nearest } from '../../config/nearest.ts';
import { WrongInput } from '../failure.ts';
import type { GamePlatform, PlacedGame, PlacedTenant } from './game-platform.ts';

/** An alarm that a game names; of one on a query with GROUP BY, the line of an account. */
export interface NamedAlarm {
  readonly name: string;
  /** @default - the only line that fires */
  readonly account?: string;
  /** @default - that of any tenant, or of none */
  readonly tenant?: string;
}

/**
 * The alarm of the platform that a game means.
 * @throws WrongInput if the platform has none
 */
export function namedAlarm(
  { tenants, alarms }: Pick<GamePlatform, 'tenants' | 'alarms'>,
  { game, tenant }: PlacedGame,
  ref: AlarmRef,
): NamedAlarm {
  const known = alarms.map(({ name }) => name);
  const candidates = alarmCandidates(tenants, { game, tenant }, ref);
  const named = candidates.find((name) => known.includes(name));
  if (named !== undefined) return { name: named, ...alarmLine({ game, tenant }, ref) };
  const [wanted = ''] = candidates;
  const near = nearest(wanted, known);
  const meant = near === undefined ? '' : `, did you mean ${near}?`;
  throw new WrongInput(`game day "${game.name}" expects the alarm ${wanted}, which the platform does not have${meant}`);
}

/** The line of an alarm on a query with GROUP BY that a game means. */
export function alarmLine(placed: PlacedGame<PlacedTenant>, ref: AlarmRef): Omit<NamedAlarm, 'name'> {
  if (!('fleet' in ref)) return {};
  return {
    ...(ref.of !== undefined && { account: accountOf(placed, ref.of).id }),
    ...(ref.ofTenant && { tenant: placed.tenant.name }),
  };
}

/** Names that the alarm may have: more than one only for an alarm of an account, which one of its tenants watches. */
export function alarmCandidates(
  tenants: readonly PlacedTenant[],
  placed: PlacedGame<PlacedTenant>,
  ref: AlarmRef,
): readonly string[] {
  const { tenant } = placed;
  const place = { tenant: tenant.name, wave: tenant.wave };
  if ('fleet' in ref) return [alarmNameOf(fleetOwner, { id: ref.fleet })];
  if ('schedule' in ref) return [alarmNameOf(scheduleOwner(place), { id: ref.schedule })];
  if ('stage' in ref) return [alarmNameOf(stageOwner(place, ref.stage), { id: ref.signal })];
  // An account is watched by the first tenant that runs in it.
  const account = accountOf(placed, ref.account).name;
  const runsThere = ({ deployment }: PlacedTenant): boolean =>
    deployment.stages.some((each) => each.account.name === account);
  const firstThere = [...tenants.filter(runsThere), ...tenants];
  return firstThere.map(({ name }) => alarmNameOf(accountOwner(name, account), { id: ref.signal }));
}

function accountOf({ game, tenant }: PlacedGame<PlacedTenant>, stage: string) {
  const account = tenant.deployment.stages.find(({ name }) => name === stage)?.account;
  if (account) return account;
  const stages = tenant.deployment.stages.map(({ name }) => name).join(', ');
  throw new WrongInput(`game day "${game.name}" names the stage "${stage}"; "${tenant.name}" has ${stages}`);
}
