import { register } from 'tsx/esm/api';

register();
const { crosswind } = await import('../../cli/main.ts');
const { processIo } = await import('../../cli/process-io.ts');

/** As cli/crosswind.mjs, on the workloads in the folder that the first argument names, in this clone or another one. */
const [services = '', ...args] = process.argv.slice(2);
const root = process.env.CROSSWIND_TEST_ROOT ?? new URL('../..', import.meta.url).pathname;
process.exitCode = await crosswind(args, processIo(), { root, services });
