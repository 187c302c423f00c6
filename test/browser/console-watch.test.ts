/// <reference lib="dom" />
import { appendFileSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { browserKit } from '@crosswind/console/testing/browser-kit';
import { settings } from '../cli/clients.ts';
import { watchedConsole } from '../cli/served-sandbox.ts';
import { platformFile } from '../platform-file.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const { newPage } = browserKit();

const stateMachineArn = 'arn:aws:states:us-east-1:333333333333:stateMachine:crosswind-word-count-parent';

/** Time for a synthesis and a deployment, on a machine that does other work. */
const minutes = { timeout: 120_000 };

test('with --watch, a page goes on by itself with what is saved while it is open', { timeout: 300_000 }, async () => {
  const file = join(temporaryDirectory(), 'platform.yaml');
  copyFileSync(platformFile, file);
  const served = await watchedConsole(file);
  const links = (): readonly string[] => served.stdout().match(/http:\S+#token=\S+/g) ?? [];
  const page = await newPage({ viewport: { width: 1_440, height: 900 } });
  await page.goto(links()[0] ?? '');
  const heading = () => page.locator('main h1').first().textContent();
  await expect.poll(heading).toBe('Nothing ran yet');
  const client = new SFNClient(settings(await served.credentials('word-parent-dev')));
  await client.send(new StartExecutionCommand({ stateMachineArn, name: 'before-the-save' }));
  await expect.poll(heading, minutes).toMatch(/^1 run /);
  appendFileSync(file, '# saved\n');
  await expect.poll(served.stderr, minutes).toMatch(/platform\.yaml was saved: running again after/);
  // The sandbox is another one: what ran in the one before is gone.
  await expect.poll(heading, minutes).toBe('Nothing ran yet');
  await expect.poll(() => page.locator('.connection').count()).toBe(0);
  expect(links()).toHaveLength(2);
  expect(links()[1]).toBe(links()[0]);
  expect(await served.stop('SIGINT')).toBe(130);
});
