import { readFileSync } from 'node:fs';
import { register } from 'tsx/esm/api';

register();
const { cloneAt } = await import('../../blocks/discover-workloads.ts');
const { readGamePlatform } = await import('../../cli/gameday/game-platform.ts');
const { playAndJudge } = await import('../../cli/gameday/play-and-judge.ts');
const { playGameDay } = await import('../../cli/gameday/play-game-day.ts');
const { loadValidPlatform } = await import('../../cli/read-platform.ts');

const { quietWeek } = await import('../../test/cli/gameday/quiet-week.ts');

const [assembly] = process.argv.slice(2);
const clone = cloneAt(process.cwd());
const platform = await readGamePlatform(clone, await loadValidPlatform(clone, 'gamedays.yaml'), assembly);

/** Ticks of a second in /proc (proc_pid_stat). */
const ticks = 100;

/** CPU-seconds of this process and of the processes of functions that have ended; without the latter where there is no /proc. */
function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + cpuSecondsOfChildren();
}

function cpuSecondsOfChildren() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[13]) + Number(fields[14])) / ticks;
  } catch {
    return 0;
  }
}

/** Plays a game, or the quiet week, and says whether it passed. */
async function played(name) {
  if (name !== 'quiet-week') return (await playAndJudge(platform, name)).passed;
  const { alarms } = await playGameDay(quietWeek(platform));
  return alarms.every(({ state }) => state.value !== 'ALARM');
}

/** Names of the games, or a game that is played: its seconds, and whether it passed. */
process.on('message', async (name) => {
  if (name === '') {
    process.send(platform.games.map(({ game }) => game.name));
    return;
  }
  const [before, startedAt] = [cpuSeconds(), performance.now()];
  const passed = await played(name);
  // Functions end a little after their sandbox.
  await new Promise((resolve) => setTimeout(resolve, 50));
  process.send({ name, passed, seconds: (performance.now() - startedAt) / 1_000, cpuSeconds: cpuSeconds() - before });
});
