import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Milliseconds of real time between two looks at a run. */
const pause = 500;

/** Milliseconds of virtual time between two runs. */
const hour = 3_600_000;

/** How long the last parent hangs while the pictures are taken. */
const hung = 42 * 60_000;

/** Steps of the clock between two looks at its time. */
const stepsAtOnce = 5;

/** Input of each run: 60 batches of the 3,000 objects that a sandbox generates. */
const input = JSON.stringify({ batchSize: 50 });

/**
 * Serves a console with three runs that succeed, an hour after each other, and one whose parent hangs because its target role
 * may not describe executions any more; then the clock is paused.
 *
 * @param browser browser whose page plays it, by the requests that the buttons of the page send
 * @param say called with a sentence about each step
 * @returns the link of the page, and how it is ended
 */
export async function playScene(browser, say) {
  const server = spawn('node', ['cli/crosswind.mjs', 'console', '--port', '0'], {
    cwd: root,
    // Why it did not start is on its standard error.
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = () => server.kill('SIGINT');
  try {
    say('serving a console');
    const link = await linkOf(server);
    const page = await browser.newPage();
    await page.goto(link);
    await page.locator('#main h1').waitFor();
    const scene = sceneOf(page);
    await scene.order('clock', { clock: 'pause' });
    const machine = (await scene.ask('startable')).find(({ isEntry }) => isEntry).arn;
    for (const number of [1, 2, 3]) {
      say(`playing run ${number}`);
      await scene.run(machine, true);
      await scene.advance(hour);
    }
    say('playing a run that hangs');
    const { decisions } = await scene.models();
    const target = decisions.find(({ action }) => action === 'states:DescribeExecution');
    await scene.order('break-permission', { role: target.principal, action: target.action });
    await scene.run(machine, false);
    await scene.advance(hung);
    await page.close();
    return { link, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

/** The link that a console prints once it is ready. */
const linkOf = (server) =>
  new Promise((resolve, reject) => {
    let text = '';
    server.stdout.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      const link = /http:\S+#token=\S+/.exec(text)?.[0];
      if (link) resolve(link);
    });
    server.once('exit', () => {
      reject(new Error(`crosswind console ended before it was ready: ${text}`));
    });
  });

/** Requests of a page to its server. */
function sceneOf(page) {
  const send = (path, body) =>
    page.evaluate(
      async ([to, given]) => {
        const headers = {
          'Content-Type': 'application/json',
          Authorization: `Bearer ${globalThis.sessionStorage.getItem('crosswind-token')}`,
        };
        const options = given === undefined ? {} : { method: 'POST', body: JSON.stringify(given) };
        const response = await fetch(to, { headers, ...options });
        const answer = await response.json();
        if (!response.ok) throw new Error(`${to}: ${answer.message ?? response.status}`);
        return answer;
      },
      [path, body],
    );
  const models = async () => (await send('snapshot')).snapshot;
  const order = (kind, what) => send(`actions/${kind}`, what);
  const step = () => order('clock', { clock: 'next' });
  return {
    models,
    order,
    ask: (kind) => send(`ask/${kind}`, {}),
    /** Starts a run, and waits in real time for the end of the parent, or of the child. */
    run: async (machine, isWhole) => {
      const { execution } = await order('start', { machine, input, name: '' });
      const isOver = ({ arn, parent, stoppedAt }) =>
        stoppedAt !== null && (isWhole ? arn === execution : parent?.arn === execution);
      await order('clock', { clock: '1x' });
      while (!(await models()).executions.some(isOver)) await page.waitForTimeout(pause);
      await order('clock', { clock: 'pause' });
    },
    /** Goes from event to event until virtual time has passed. */
    advance: async (milliseconds) => {
      const end = (await models()).at + milliseconds;
      while ((await models()).at < end) for (let index = 0; index < stepsAtOnce; index += 1) await step();
    },
  };
}
