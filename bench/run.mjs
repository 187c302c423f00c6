import { readArguments } from './arguments.mjs';
import { installPackages } from './packages.mjs';

/** `npm run bench -- [lambda | sandbox | synth | simulation | gameday | gate | engine | hostile | console] [--objects N] [--data DIR] [--json]`: measures, prints, and judges nothing but sums. */
const read = readArguments(process.argv.slice(2));
if (read.problem !== undefined) {
  console.error(read.problem);
  process.exit(1);
}
try {
  if (read.options.bench === 'parse') installPackages();
  const { run } = await import(`./${read.options.bench}/bench.mjs`);
  console.log(await run(read.options));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
