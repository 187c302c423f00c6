import { contenders } from './contenders.mjs';

/**
 * State of the contender that this process runs. A message with `prepare` warms it up, every other message runs it.
 * Both return its CPU time and what it found.
 */
const prepared = { run: undefined, passes: 1 };

process.on('message', async ({ prepare }) => {
  if (prepare === undefined) process.send(await measure(prepared.passes));
  else process.send(await warmUp(prepare));
});

/** Microseconds of CPU time that a round should take, so that one interruption does not decide it. */
const roundMicroseconds = 300_000;

async function warmUp({ name, paths, oursModule }) {
  prepared.run = await contenders[name](paths, oursModule);
  let measured = await measure(1);
  for (let spent = 0; spent < 2 * roundMicroseconds; spent += measured.microseconds) measured = await measure(1);
  prepared.passes = Math.max(1, Math.round(roundMicroseconds / measured.microseconds));
  return measured;
}

/** CPU time of one pass, user and system, garbage collection and other threads of the process included. */
async function measure(passes) {
  const before = process.cpuUsage();
  let found;
  for (let pass = 0; pass < passes; pass += 1) found = await prepared.run();
  const { user, system } = process.cpuUsage(before);
  return { microseconds: (user + system) / passes, found };
}
