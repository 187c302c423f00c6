import { join } from 'node:path';
import { exampleOf } from '../../../test/synthesized.ts';
import type { TestWorkloads } from '../../../test/workloads.ts';
import { cloneAt } from '../../../blocks/discover-workloads.ts';
import { contract } from '../contract.ts';
import { workload } from '../workload.ts';

/** This workload alone, whatever else the clone has. */
export const windSpeed: TestWorkloads = {
  clone: cloneAt(join(import.meta.dirname, '../../..')),
  contracts: new Map([['wind-speed', contract]]),
  workloads: new Map([['wind-speed', workload]]),
};

/** A platform with one tenant, in two waves. */
export const platformFile = join(import.meta.dirname, 'platform.yaml');

export const {
  text: platformText,
  platform,
  platformOf,
  synthesize,
  synthesized,
  templateAt,
} = exampleOf(platformFile, windSpeed);
