import { register } from 'tsx/esm/api';

register();
const { crosswind } = await import('../../cli/main.ts');
const { processIo } = await import('../../cli/process-io.ts');

/** As cli/crosswind.mjs, on the workloads in the folder that the first argument names. */
const [services = '', ...args] = process.argv.slice(2);
const root = new URL('../..', import.meta.url).pathname;
process.exitCode = await crosswind(args, processIo(), { root, services });
