import { describe, expect, test } from 'vitest';
import { openSandbox } from '../../sandbox/sandbox.ts';
import { bucket, now, sandboxWith } from './literals.ts';

describe('a sandbox', () => {
  test('is empty when it is opened, and stands at the time that it is given', async () => {
    const { cloud, decisions } = await sandboxWith([]);
    expect(cloud.simulation.now()).toBe(now);
    expect(decisions.allowed()).toEqual({});
    expect(cloud.storage.bucket('mine')).toBeUndefined();
  });

  test('answers on loopback, with refusals for those it does not know', async () => {
    const { endpointUrl } = await sandboxWith([{ account: '444444444444', resources: { Mine: bucket('mine') } }]);
    expect(new URL(endpointUrl).hostname).toBe('127.0.0.1');
    const response = await fetch(`${endpointUrl}/mine?list-type=2`);
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('AccessDenied')]);
  });

  test('shares nothing with another one', async () => {
    const one = await sandboxWith([{ account: '444444444444', resources: { Mine: bucket('mine') } }]);
    const other = await sandboxWith([]);
    expect(one.cloud.storage.bucket('mine')).toBeDefined();
    expect(other.cloud.storage.bucket('mine')).toBeUndefined();
    expect(other.endpointUrl).not.toBe(one.endpointUrl);
  });

  test('answers no more once it is closed', async () => {
    const sandbox = await openSandbox({ startAt: now });
    expect((await fetch(sandbox.endpointUrl)).status).toBeGreaterThanOrEqual(400);
    await sandbox.close();
    await expect(fetch(sandbox.endpointUrl)).rejects.toThrow();
  });
});
