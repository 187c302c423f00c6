import { register } from 'tsx/esm/api';

register();
const { crosswind } = await import('../../main.ts');
const { processIo } = await import('../../process-io.ts');

/** A command of this code on the workloads of a clone: its root and the folder of its workloads, then the arguments. */
const [root = '', services = '', ...args] = process.argv.slice(2);
process.exitCode = await crosswind(args, processIo(), { root, services });
