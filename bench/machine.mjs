import { cpus, totalmem } from 'node:os';

/** Machine that the numbers were measured on. */
export function machine() {
  const [first] = cpus();
  return {
    cpu: first?.model ?? 'unknown',
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
}

export const describeMachine = ({ cpu, cores, memoryGib, node, platform }) =>
  `${cpu}, ${cores} cores, ${memoryGib} GiB, Node ${node}, ${platform}`;
