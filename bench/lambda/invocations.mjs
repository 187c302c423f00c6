/** A function's bundle in a fresh process: each message is an event, each answer what the invocation took. */
const [bundle] = process.argv.slice(2);
let handler;

process.on('message', async (event) => {
  const isCold = handler === undefined;
  const before = isCold ? { user: 0, system: 0 } : process.cpuUsage();
  const started = performance.now();
  handler ??= (await import(bundle)).handler;
  const result = await handler(event);
  const milliseconds = performance.now() - started;
  const cpu = process.cpuUsage();
  process.send({
    result,
    milliseconds,
    cpuMilliseconds: (cpu.user - before.user + cpu.system - before.system) / 1000,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  });
});
