import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { platformFile } from '../platform-file.ts';
import { settings } from './clients.ts';
import { spawnCrosswind } from './crosswind.ts';
import { type ServedSandbox, servedSandbox } from './served-sandbox.ts';

let served: ServedSandbox;
beforeAll(async () => {
  served = await servedSandbox();
});
afterAll(() => served.stop());

test('crosswind organization check finds the organization of the platform in its sandbox', async () => {
  const variables = { ...(await served.credentials('management')) };
  const check = spawnCrosswind(variables, 'organization', 'check', '--file', platformFile);
  const { code, stdout } = await check.finished;
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^no difference: \d+ accounts in AWS/)]);
});

test('a member account learns which organization it is in, and no more', async () => {
  const member = await served.credentials('word-child-dev');
  const client = new OrganizationsClient(settings(member));
  const { Organization } = await client.send(new DescribeOrganizationCommand({}));
  expect(Organization?.Id).toMatch(/^o-/);
  const check = spawnCrosswind({ ...member }, 'organization', 'check', '--file', platformFile);
  expect(await check.finished).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('the credentials may not read the organization') as string,
  });
});
