import { expect, test } from 'vitest';
import { platformFile } from '../platform-file.ts';
import { crosswind } from './crosswind.ts';

test('a test that runs a command must name a platform, because the file of the clone belongs to its operator', async () => {
  await expect(crosswind('config', '--json')).rejects.toThrow('crosswind config --json would read platform.yaml');
  expect(await crosswind('config', platformFile, '--json')).toMatchObject({ code: 0 });
});
