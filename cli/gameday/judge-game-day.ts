import type { JudgedAlarm } from '@crosswind/sandbox/sandbox';
import type { GameDay, Minutes } from '../../blocks/game-day.ts';
import type { ComparedCalls } from '../local/compared-calls.ts';
import type { Explanation } from '../why/explanation.ts';
import type { NamedAlarm } from './alarm-names.ts';
import { type Ring, ringsOf } from './rings.ts';

/** An alarm that a game expects, with its times in minutes after the fault. */
export interface ExpectedAlarm {
  readonly alarm: string;
  /** @default - the only line that fires */
  readonly account?: string;
  /** @default - the line of any tenant, or of none */
  readonly tenant?: string;
  readonly fires: Minutes;
  readonly clears: Minutes;
}

/** An alarm at a minute after the fault; of one on a query with GROUP BY, with the line, for example an account. */
export interface AlarmAt {
  readonly alarm: string;
  readonly line?: string;
  readonly at: number;
}

/** Outcome of a game day. */
export interface GameVerdict {
  readonly name: string;
  readonly expected: readonly ExpectedAlarm[];
  readonly fired: readonly AlarmAt[];
  readonly cleared: readonly AlarmAt[];
  /** Alarms that fired and should not have, or not again. */
  readonly unexpected: readonly string[];
  /** Alarms that should have fired. */
  readonly missing: readonly string[];
  /** Claims of `crosswind why`, the gravest first, and its fixes. */
  readonly claims: Explanation['claims'];
  readonly fixes: Explanation['fixes'];
  /** True if its first claim is the one that the game expects. */
  readonly explained: boolean;
  /**
   * Sentences about alarms that fired or cleared too early or too late, or that notified no topic, and about a fault that was
   * not explained.
   */
  readonly wrong: readonly string[];
  readonly passed: boolean;
  /**
   * Calls of functions, compared with those that they declare.
   *
   * @default - none were compared
   */
  readonly calls?: ComparedCalls;
}

/** Histories that a game is judged by. */
export interface Played {
  /** The fault, in milliseconds since the epoch, in virtual time. */
  readonly faultAt: number;
  /** The alarms of all accounts and regions, with their histories since the deployment. */
  readonly alarms: readonly JudgedAlarm[];
  /**
   * The claim that `crosswind why` must make first, and its explanation while the fault was there.
   *
   * @default - it was not asked
   */
  readonly why?: { readonly because: string; readonly explanation: Pick<Explanation, 'claims' | 'fixes'> };
}

/** The alarms that a game expects, with the fault as the beginning of all times. */
export const expectedAlarms = (
  { raises, faultAt, fixedAt = faultAt }: Pick<GameDay, 'raises' | 'faultAt' | 'fixedAt'>,
  nameOf: (ref: GameDay['raises'][number]['alarm']) => NamedAlarm,
): readonly ExpectedAlarm[] =>
  raises.map(({ alarm, fires, clears: [earliest, latest] }) => {
    const { name, account, tenant } = nameOf(alarm);
    const later = fixedAt - faultAt;
    return {
      alarm: name,
      ...(account && { account }),
      ...(tenant && { tenant }),
      fires,
      clears: [earliest + later, latest + later] as const,
    };
  });

/** Compares the alarms that fired with those that were expected. Pure: plays nothing. */
export function judgeGameDay(
  name: string,
  expected: readonly ExpectedAlarm[],
  { faultAt, alarms, why }: Played,
): GameVerdict {
  const rings = alarms
    .flatMap((alarm) => ringsOf(alarm))
    .sort((one, other) => one.at - other.at || (one.alarm < other.alarm ? -1 : 1));
  const left = [...rings];
  const missing: string[] = [];
  const wrong: string[] = [];
  const after = (time: number): number => Math.round((time - faultAt) / 60_000);
  for (const each of expected) {
    const place = left.findIndex((ring) => isOf(ring, each));
    const [ring] = place < 0 ? [] : left.splice(place, 1);
    if (!ring) missing.push(each.alarm);
    else wrong.push(...problemsOf(ring, each, after));
  }
  const explained = why === undefined || why.explanation.claims[0]?.id === why.because;
  if (why && !explained) wrong.push(unexplained(why));
  const at = ({ alarm, line }: Ring, time: number): AlarmAt => ({ alarm, ...(line && { line }), at: after(time) });
  return {
    name,
    expected,
    fired: rings.map((ring) => at(ring, ring.at)),
    cleared: rings.flatMap((ring) => (ring.clearedAt === undefined ? [] : [at(ring, ring.clearedAt)])),
    unexpected: left.map(({ alarm }) => alarm),
    missing,
    claims: why?.explanation.claims ?? [],
    fixes: why?.explanation.fixes ?? [],
    explained,
    wrong,
    passed: left.length === 0 && missing.length === 0 && wrong.length === 0,
  };
}

const unexplained = ({ because, explanation: { claims } }: NonNullable<Played['why']>): string =>
  `\`crosswind why\` claims ${claims.map(({ id }) => id).join(', ') || 'nothing'}, expected ${because} first`;

const isOf = (ring: Ring, { alarm, account, tenant }: ExpectedAlarm): boolean =>
  ring.alarm === alarm &&
  (account === undefined || ring.account === account) &&
  (tenant === undefined || ring.tenant === tenant);

function problemsOf(ring: Ring, expected: ExpectedAlarm, after: (time: number) => number): readonly string[] {
  const { alarm, at, clearedAt, isNotified } = ring;
  return [
    ...outside(alarm, 'fired', after(at), expected.fires),
    ...(clearedAt === undefined
      ? [`${alarm} is not quiet at the end, expected ${windowText(expected.clears)}`]
      : outside(alarm, 'was quiet again', after(clearedAt), expected.clears)),
    ...(isNotified ? [] : [`${alarm} notified no topic`]),
  ];
}

function outside(alarm: string, did: string, minute: number, [earliest, latest]: Minutes): readonly string[] {
  if (minute >= earliest && minute <= latest) return [];
  return [`${alarm} ${did} in minute ${minute} after the fault, expected ${windowText([earliest, latest])}`];
}

const windowText = ([earliest, latest]: Minutes): string =>
  earliest === latest ? `minute ${earliest}` : `minute ${earliest} to ${latest}`;
