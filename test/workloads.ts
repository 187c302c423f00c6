import { join } from 'node:path';
import type { Contract, Contracts } from '../blocks/contract.ts';
import type { Clone } from '../blocks/discover-workloads.ts';
import type { Workload, Workloads } from '../blocks/workload.ts';
import { servicesOfTests } from './platform-file.ts';
import { contract as echoContract } from './services/echo/contract.ts';
import { workload as echo } from './services/echo/workload.ts';
import { contract as ordersContract } from './services/orders/contract.ts';
import { workload as orders } from './services/orders/workload.ts';
import { contract as relayContract } from './services/relay/contract.ts';
import { workload as relay } from './services/relay/workload.ts';
import { contract as wordCountContract } from './services/word-count/contract.ts';
import { workload as wordCount } from './services/word-count/workload.ts';

/** Workloads that tests hand in, with the clone in which the command line and the synth find them. */
export interface TestWorkloads {
  readonly clone: Clone;
  readonly contracts: Contracts;
  readonly workloads: Workloads;
}

/** Workloads of the tests alone. Those in `services/` belong to the people who run them. */
export const fixtures: TestWorkloads = {
  clone: { root: join(import.meta.dirname, '..'), services: servicesOfTests },
  contracts: new Map<string, Contract>([
    ['echo', echoContract],
    ['orders', ordersContract],
    ['relay', relayContract],
    ['word-count', wordCountContract],
  ]),
  workloads: new Map<string, Workload>([
    ['echo', echo],
    ['orders', orders],
    ['relay', relay],
    ['word-count', wordCount],
  ]),
};

export const { clone, contracts, workloads } = fixtures;
