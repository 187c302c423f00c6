import { describe, expect, onTestFinished, test } from 'vitest';
import { absentService } from '../src/absent-service.ts';
import { OpaqueResources } from '../src/cloudformation/opaque-resources.ts';
import { openEndpoint } from '../src/endpoint.ts';
import { sendSigned } from './signed-request.ts';

const credentials = { accessKeyId: 'ASIA1', secretAccessKey: 'secret', sessionToken: 'token' };

async function ask(service: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  const endpoint = await openEndpoint({
    services: [absentService({ authorize: () => ({ allowed: true, reason: '' }), opaque: new OpaqueResources(false) })],
    authenticate: () => ({ ok: false, reason: 'unknown key' }),
  });
  onTestFinished(() => endpoint.close());
  return sendSigned({ method: 'POST', url: `${endpoint.url}/`, headers, body: 'it' }, { credentials, service });
}

const message = (name: string) => `the sandbox does not simulate ${name} (see docs/sandbox-support.md)`;

describe('a service that is not simulated is named', () => {
  test('to clients that speak JSON', async () => {
    const response = await ask('kms', { 'x-amz-target': 'TrentService.ListKeys' });
    expect(response.status).toBe(501);
    expect(await response.json()).toEqual({ __type: 'NotImplemented', message: message('kms') });
  });

  test('to clients that read XML', async () => {
    const response = await ask('iam', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(response.status).toBe(501);
    expect(await response.text()).toBe(
      `<ErrorResponse><Error><Code>NotImplemented</Code><Message>${message('iam')}</Message></Error></ErrorResponse>`,
    );
  });
});

test('what is signed for S3, or not at all, is for others to answer', async () => {
  const text = async (service: string) => (await ask(service, {})).text();
  expect(await text('s3')).toBe('the sandbox has no service for POST /');
  expect(await text('sqs')).toContain(message('sqs'));
});
