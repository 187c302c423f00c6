import { join } from 'node:path';
import type { Contracts } from '../blocks/contract.ts';
import { cloneAt } from '../blocks/discover-workloads.ts';
import type { Workloads } from '../blocks/workload.ts';
import { contract } from '../services/wind-speed/contract.ts';
import { workload } from '../services/wind-speed/workload.ts';

export const clone = cloneAt(join(import.meta.dirname, '..'));
export const contracts: Contracts = new Map([['wind-speed', contract]]);
export const workloads: Workloads = new Map([['wind-speed', workload]]);
