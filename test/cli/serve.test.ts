import { describe, expect, onTestFinished, test } from 'vitest';
import { keepServing } from '../../cli/local/serve.ts';
import { openSandbox } from '@crosswind/sandbox/sandbox';

describe('a sandbox that is served', () => {
  test('goes on when something in it fails, and says what', async () => {
    const sandbox = await openSandbox();
    onTestFinished(() => sandbox.close());
    const { simulation } = sandbox;
    const over = new AbortController();
    const notes: string[] = [];
    simulation.soon(() => {
      throw new Error('out of luck');
    });
    const later = new Promise<void>((resolve) => {
      simulation.soon(resolve);
    });
    const served = keepServing(sandbox, { note: (line) => notes.push(line) }, over.signal);
    await later;
    over.abort();
    await served;
    expect(notes).toEqual([expect.stringMatching(/^the sandbox failed, and goes on: Error: out of luck\n/)]);
  });
});
