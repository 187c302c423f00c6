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
import type { GamePlatform, PlacedGame } from './game-platform.ts';

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
  const accountOf = (stage: string) => {
    const account = tenant.deployment.stages.find(({ name }) => name === stage)?.account;
    if (account) return account;
    const stages = tenant.deployment.stages.map(({ name }) => name).join(', ');
    throw new WrongInput(`game day "${game.name}" names the stage "${stage}"; "${tenant.name}" has ${stages}`);
  };
  const known = alarms.map(({ name }) => name);
  const named = candidates().find((name) => known.includes(name));
  if (named !== undefined) return { name: named, ...line() };
  const [wanted = ''] = candidates();
  const near = nearest(wanted, known);
  const meant = near === undefined ? '' : `, did you mean ${near}?`;
  throw new WrongInput(`game day "${game.name}" expects the alarm ${wanted}, which the platform does not have${meant}`);

  function line(): Omit<NamedAlarm, 'name'> {
    if (!('fleet' in ref)) return {};
    return {
      ...(ref.of !== undefined && { account: accountOf(ref.of).id }),
      ...(ref.ofTenant && { tenant: tenant.name }),
    };
  }

  function candidates(): readonly string[] {
    const placed = { tenant: tenant.name, wave: tenant.wave };
    if ('fleet' in ref) return [alarmNameOf(fleetOwner, { id: ref.fleet })];
    if ('schedule' in ref) return [alarmNameOf(scheduleOwner(placed), { id: ref.schedule })];
    if ('stage' in ref) return [alarmNameOf(stageOwner(placed, ref.stage), { id: ref.signal })];
    // An account is watched by the first tenant that runs in it.
    const account = accountOf(ref.account).name;
    return [tenant, ...tenants].map(({ name }) => alarmNameOf(accountOwner(name, account), { id: ref.signal }));
  }
}
