import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { bundle } from '../../src/testing/literals.ts';
import { functionWith } from './function-with.ts';
import { isRunning } from './is-running.ts';

const environmentFile = new URL('../../src/lambda/execution-environment.ts', import.meta.url);

/** A process that runs a function which never ends, and prints the number of the function's process. */
function sandboxProcess() {
  const fn = functionWith(
    'export const handler = () => { console.log(process.pid); setTimeout(() => { for (;;); }, 100); return new Promise(() => 0); };',
    { timeoutSeconds: 600 },
  );
  const script = join(bundle(''), 'run.mts');
  writeFileSync(
    script,
    `import { ExecutionEnvironment } from ${JSON.stringify(environmentFile.href)};
    const environment = new ExecutionEnvironment(${JSON.stringify(fn)}, {});
    void environment.invoke({ requestId: 'r', event: '{}', crash: false }, (text) => console.log(text.trim()));`,
  );
  return spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

test('a function that loops ends when its sandbox is killed', async () => {
  const sandbox = sandboxProcess();
  const [line] = (await once(createInterface(sandbox.stdout), 'line')) as [string];
  const pid = Number(line);
  expect(isRunning(pid)).toBe(true);
  sandbox.kill('SIGKILL');
  await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
});
