import type { JudgedAlarm, RecordedAlarm, Recording, Sandbox, SandboxProps } from '@crosswind/sandbox/sandbox';
import type { GameDay } from '../../blocks/game-day.ts';
import { RunFailed } from '../failure.ts';
import { type ComparedCalls, watchCalls } from '../local/compared-calls.ts';
import { deployBaseline } from '../local/deploy-baseline.ts';
import { statedQuotas } from '../simulate/stated-quotas.ts';
import { act, sentenceOf } from './actions/act.ts';
import type { Arena } from './arena.ts';
import { changedStacks } from './changed-stacks.ts';
import type { GamePlatform, PlacedGame } from './game-platform.ts';

export interface PlayProps {
  readonly platform: GamePlatform;
  readonly placed: PlacedGame;
  /**
   * Ends the game before its next step.
   *
   * @default - it is played to its end
   */
  readonly signal?: AbortSignal;
  /**
   * Models in place of functions, for a long time in which their results are known.
   *
   * @default - every function is run
   */
  readonly models?: SandboxProps['models'];
  /**
   * Looks at the sandbox when an alarm has fired, before the step that fixes the fault, and when the game is over.
   *
   * @default - nobody looks
   */
  readonly look?: (arena: Arena, moment: 'alarm' | 'before-fix' | 'end') => Promise<void> | void;
  /**
   * Called with the minutes that are over, of `minutes` of the game; negative while new alarms warm up.
   *
   * @default - nobody watches
   */
  readonly onMinute?: (minute: number) => void;
}

/** A game that was played. */
export interface PlayedGame {
  /** The fault, in milliseconds since the epoch, in virtual time. */
  readonly faultAt: number;
  readonly recording: Recording;
  /** The alarms of all accounts and regions, with their histories since the deployment. */
  readonly alarms: readonly JudgedAlarm[];
  /** Calls of functions, compared with those that they declare. */
  readonly calls: ComparedCalls;
  /** Steps that were done, in minutes after everything was deployed and warm. */
  readonly done: readonly { readonly minute: number; readonly sentence: string }[];
}

/** Monday. It is fixed, so that a game is the same on every day. */
const day = '2026-01-05';
const minute = 60_000;
/** Virtual time after which a game looks if it is to end, and if an alarm has fired. */
const longestStretch = 5 * minute;
/** Longer than new alarms keep quiet, except those on late runs. */
const usualWarmMinutes = 32;

/**
 * Plays a game in a sandbox of its own: deploys the platform, lets alarms warm up, and does the steps at their minutes.
 * @throws RunFailed where the platform cannot be deployed or a step cannot be done
 */
export async function playGameDay(props: PlayProps): Promise<PlayedGame> {
  const { platform, placed, signal, models } = props;
  const { game } = placed;
  const { openSandbox } = await import('@crosswind/sandbox/sandbox');
  const sandbox = await openSandbox({
    startAt: Date.parse(`${day}T${game.opensAt ?? '00:00'}:00Z`),
    organizationId: platform.platform.organization.id,
    quotas: statedQuotas(platform.platform, {}),
    strict: true,
    models,
  });
  try {
    const recorded = sandbox.cloudWatch.record();
    const comparedCalls = watchCalls(
      sandbox.decisions,
      platform.waves.flatMap(({ stacks }) => stacks),
    );
    await deployed(sandbox, platform, signal);
    const zero = nextFullMinute(sandbox) + (game.warmMinutes ?? usualWarmMinutes) * minute;
    const done = await steps(props, sandbox, zero);
    return {
      faultAt: zero + game.faultAt * minute,
      recording: recorded(),
      alarms: sandbox.cloudWatch.alarms.all,
      calls: comparedCalls(),
      done,
    };
  } catch (error) {
    throw error instanceof RunFailed ? new RunFailed(`game day "${game.name}": ${error.message}`) : error;
  } finally {
    await sandbox.close();
  }
}

/** The alarms of a game without their histories, to be judged over its recording. */
export const recordedAlarms = ({ alarms }: PlayedGame): readonly RecordedAlarm[] =>
  alarms.map(({ name, arn, account, region, properties, createdAt }) => ({
    ...{ name, arn, account, region, properties, createdAt },
  }));

async function deployed(sandbox: Sandbox, platform: GamePlatform, signal: AbortSignal | undefined): Promise<void> {
  await deployBaseline({ sandbox, platform: platform.platform, assembly: platform.directory, signal });
  for (const stack of platform.waves.flatMap(({ stacks }) => stacks)) {
    signal?.throwIfAborted();
    await sandbox.deploy(stack);
  }
}

async function steps(
  { platform, placed, signal, look, onMinute }: PlayProps,
  sandbox: Sandbox,
  zero: number,
): Promise<PlayedGame['done']> {
  const { game, tenant } = placed;
  const stacks = changedStacks(
    sandbox,
    platform.waves.flatMap((wave) => wave.stacks),
  );
  const arena: Arena = { sandbox, platform, tenant, stacks, cutLinks: new Map(), started: 0 };
  let alarming = 0;
  const until = async (at: number): Promise<void> => {
    const { simulation, cloudWatch } = sandbox;
    while (at > simulation.now()) {
      await simulation.elapse(Math.min(at - simulation.now(), longestStretch));
      signal?.throwIfAborted();
      onMinute?.(Math.floor((simulation.now() - zero) / minute));
      const before = alarming;
      alarming = cloudWatch.alarms.all.filter(({ state }) => state.value === 'ALARM').length;
      if (alarming > before) await look?.(arena, 'alarm');
    }
  };
  const done: { minute: number; sentence: string }[] = [];
  let isFixed = game.fixedAt === undefined;
  for (const step of inOrder(game)) {
    await until(zero + step.minute * minute);
    if (!isFixed && step.minute === game.fixedAt) {
      isFixed = true;
      await look?.(arena, 'before-fix');
    }
    await act(arena, step.does);
    done.push({ minute: step.minute, sentence: sentenceOf(arena, step.does) });
  }
  await until(zero + game.minutes * minute);
  await look?.(arena, 'end');
  return done;
}

/** The steps by their minutes; those of one minute keep their order. */
const inOrder = ({ steps }: GameDay): GameDay['steps'] => [...steps].sort((one, other) => one.minute - other.minute);

const nextFullMinute = ({ simulation }: Sandbox): number => Math.ceil(simulation.now() / minute) * minute;
