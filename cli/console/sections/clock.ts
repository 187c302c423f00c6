import { isDeepStrictEqual } from 'node:util';
import type { Sections } from '@crosswind/console/server/snapshot';
import type { ConsoleContext } from '../console-context.ts';
import type { SectionReader } from '../section-reader.ts';

/** Reads the clock of a sandbox that is served. */
export function clockReader({ sandbox: { simulation } }: ConsoleContext): SectionReader<'clock'> {
  let known: Sections['clock'] = null;
  return () => {
    if (!simulation.isServing) return null;
    const { speed, isStepping, isWorking, nextAt = null } = simulation;
    const now = { speed: speed === Infinity ? null : speed, isStepping, nextAt, isWorking };
    if (!isDeepStrictEqual(known, now)) known = now;
    return known;
  };
}
