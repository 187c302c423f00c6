import { setTimeout as sleep } from 'node:timers/promises';
import { defined, type JsonObject } from '@crosswind/aws/json';

interface Found {
  readonly eventId: string;
  readonly timestamp: number;
  readonly message: string;
}

interface Page {
  readonly events?: readonly Found[];
  readonly nextToken?: string;
}

export interface Following {
  readonly filter: (body: JsonObject) => Promise<Page>;
  readonly startTime: number;
  /** True once nothing more is to be read. */
  readonly isOver: () => boolean;
  readonly pauseMilliseconds: number;
  /** @default - every event */
  readonly filterPattern?: string;
}

/**
 * Reads as `aws logs tail --follow` of the AWS CLI, version 2, does: FilterLogEvents, interleaved, page by page; then again
 * from the time of the newest event on, without those that are known
 * (https://github.com/aws/aws-cli/blob/v2/awscli/customizations/logs/tail.py).
 */
export async function follow({ filter, isOver, pauseMilliseconds, ...from }: Following): Promise<readonly string[]> {
  const read: Found[] = [];
  let { startTime } = from;
  let isLast = false;
  for (;;) {
    const isEnd = isLast;
    isLast = isOver();
    let nextToken: string | undefined;
    do {
      const optional = defined({ filterPattern: from.filterPattern, nextToken });
      const page = await filter({ startTime, interleaved: true, ...optional });
      const known = new Set(read.filter(({ timestamp }) => timestamp >= startTime).map(({ eventId }) => eventId));
      read.push(...(page.events ?? []).filter(({ eventId }) => !known.has(eventId)));
      ({ nextToken } = page);
    } while (nextToken !== undefined);
    if (isEnd) return read.map(({ message }) => message);
    startTime = Math.max(startTime, ...read.map(({ timestamp }) => timestamp));
    await sleep(pauseMilliseconds);
  }
}
