import { join } from 'node:path';
import { cloneAt } from '../../../blocks/discover-workloads.ts';
import { exampleOf } from '../../../test/synthesized.ts';
import type { TestWorkloads } from '../../../test/workloads.ts';
import { contract } from '../contract.ts';
import { workload } from '../workload.ts';

/** This workload alone, whatever else the clone has. */
export const drillsOnly: TestWorkloads = {
  clone: cloneAt(join(import.meta.dirname, '../../..')),
  contracts: new Map([['drills', contract]]),
  workloads: new Map([['drills', workload]]),
};

/** A platform with one tenant, in one wave. */
export const platformFile = join(import.meta.dirname, 'platform.yaml');

export const { text: platformText, platform, platformOf, synthesized } = exampleOf(platformFile, drillsOnly);
