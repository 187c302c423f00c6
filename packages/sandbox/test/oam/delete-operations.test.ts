import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSandbox, type Sandbox } from '../../src/sandbox.ts';
import { sendSigned } from '../signed-request.ts';

const [account, linked] = ['333333333333', '444444444444'];
const sinkArn = `arn:aws:oam:us-east-1:${account}:sink/one`;
const linkArn = `arn:aws:oam:us-east-1:${linked}:link/one`;

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
  sandbox.observability.sinks = [{ arn: sinkArn, name: 'sink', account, region: 'us-east-1', properties: {} }];
  sandbox.observability.links = [{ arn: linkArn, account: linked, sinkArn, resourceTypes: [], properties: {} }];
});
afterEach(() => sandbox.close());

/** Calls as a role of an account that may do only what is named. */
async function call(owner: string, operation: string, body: object, allowed = `oam:${operation}`) {
  const arn = `arn:aws:iam::${owner}:role/person`;
  const role = sandbox.identities.addRole({ arn, name: 'person', account: owner, trust: { Statement: [] } });
  role.policies.push({ name: 'p', document: { Statement: [{ Effect: 'Allow', Action: allowed, Resource: '*' }] } });
  const sessionArn = `arn:aws:sts::${owner}:assumed-role/person/test`;
  const credentials = sandbox.sessions.credentials({ kind: 'role', roleArn: arn, sessionArn, account: owner });
  const url = `${sandbox.endpointUrl}/${operation}`;
  const response = await sendSigned({ url, body: JSON.stringify(body) }, { credentials, service: 'oam' });
  return { status: response.status, text: await response.text() };
}

test('a person deletes a link, and then the sink', async () => {
  expect(await call(linked, 'DeleteLink', { Identifier: linkArn })).toEqual({ status: 200, text: '{}' });
  expect(sandbox.observability.links).toEqual([]);
  expect(await call(account, 'DeleteSink', { Identifier: sinkArn })).toEqual({ status: 200, text: '{}' });
  expect(sandbox.observability.sinks).toEqual([]);
});

test('a sink with links stays', async () => {
  const refused = await call(account, 'DeleteSink', { Identifier: sinkArn });
  expect(refused.status).toBe(409);
  expect(refused.text).toContain(`the sink ${sinkArn} has links, from ${linked}`);
  expect(sandbox.observability.sinks).toHaveLength(1);
});

test.each([
  ['DeleteLink', linked, linkArn],
  ['DeleteSink', account, sinkArn],
])('%s is refused to who may not, for what is not there, and without an identifier', async (operation, owner, arn) => {
  const denied = await call(owner, operation, { Identifier: arn }, 'oam:ListLinks');
  expect(denied.text).toContain(`not authorized to perform: oam:${operation}`);
  expect(await call(owner, operation, { Identifier: `${arn}s` })).toMatchObject({ status: 404 });
  expect((await call(owner, operation, {})).text).toContain('Identifier is missing');
  expect([sandbox.observability.sinks.length, sandbox.observability.links.length]).toEqual([1, 1]);
});
