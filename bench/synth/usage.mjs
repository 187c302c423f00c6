import { writeFileSync } from 'node:fs';

/** Preloaded into every process of a synth: leaves what it used when it ends. */
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const used = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, memoryMebibytes: maxRSS / 1024 };
  writeFileSync(`${process.env.BENCH_USAGE}/${process.pid}.json`, JSON.stringify(used));
});
