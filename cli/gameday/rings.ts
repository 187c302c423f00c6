import type { JudgedAlarm } from '@crosswind/sandbox/sandbox';

/** An alarm that went into ALARM; of one on a query with GROUP BY, one of its lines. */
export interface Ring {
  readonly alarm: string;
  /** Values of the labels of the line. */
  readonly line?: string;
  /** Account of the line. */
  readonly account?: string;
  /** Tenant of the line. */
  readonly tenant?: string;
  /** Milliseconds since the epoch, in virtual time. */
  readonly at: number;
  /**
   * When it was OK again. Without data it is not: nobody knows then. The alarm itself is OK with its last line.
   *
   * @default - it is not OK yet
   */
  readonly clearedAt?: number;
  /** True if a topic was notified. */
  readonly isNotified: boolean;
}

type AlarmEvent = JudgedAlarm['history'][number];
type Contributed = Extract<AlarmEvent, { kind: 'contributor' }>;
type StateEvent = Extract<AlarmEvent, { kind: 'state' }>;

/** Every time that an alarm went into ALARM, by its history. */
export function ringsOf({ name: alarm, history }: JudgedAlarm): readonly Ring[] {
  const contributed = history.filter((event): event is Contributed => event.kind === 'contributor');
  const states = history.filter((event): event is StateEvent => event.kind === 'state');
  const okFrom = (time: number): number | undefined => states.find(({ at, to }) => at >= time && to.value === 'OK')?.at;
  const rung = contributed
    .filter(({ to }) => to.value === 'ALARM')
    .map(({ at, contributor }) => ({
      contributor,
      at,
      quietAt: contributed.find((later) => later.contributor.id === contributor.id && later.at > at)?.at,
    }));
  const isLast = (time: number): boolean =>
    rung.every(({ at, quietAt }) => at > time || (quietAt !== undefined && quietAt <= time));
  const lines = rung.map(({ contributor: { id, attributes }, at, quietAt }) => ({
    alarm,
    line: Object.values(attributes).join(' '),
    account: attributes['AWS.AccountId'],
    tenant: attributes['Tenant'],
    at,
    clearedAt: quietAt !== undefined && isLast(quietAt) ? okFrom(quietAt) : quietAt,
    isNotified: isNotified(history, at, id),
  }));
  // The alarm goes into ALARM with its first line, which has rung already.
  const own = states
    .filter(({ at, to }) => to.value === 'ALARM' && lines.every((line) => line.at !== at))
    .map(({ at }) => ({ alarm, at, clearedAt: okFrom(at), isNotified: isNotified(history, at) }));
  return [...lines, ...own];
}

const isNotified = (history: readonly AlarmEvent[], at: number, line?: string): boolean =>
  history.some(
    (event) =>
      event.kind === 'action' && event.at === at && event.refused === undefined && event.contributor?.id === line,
  );
