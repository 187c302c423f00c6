import { describe, expect, onTestFinished, test } from 'vitest';
import { absentService } from '../src/absent-service.ts';
import { OpaqueResources } from '../src/cloudformation/opaque-resources.ts';
import { openEndpoint } from '../src/endpoint.ts';
import { decodeCbor } from '../src/protocols/cbor.ts';
import { sendSigned } from './signed-request.ts';

const credentials = { accessKeyId: 'ASIA1', secretAccessKey: 'secret', sessionToken: 'token' };

async function ask(service: string, headers: Readonly<Record<string, string>>, path = '/'): Promise<Response> {
  const url = `${await endpointUrl()}${path}`;
  return sendSigned({ method: 'POST', url, headers, body: 'it' }, { credentials, service });
}

async function endpointUrl(): Promise<string> {
  const endpoint = await openEndpoint({
    services: [absentService({ authorize: () => ({ allowed: true, reason: '' }), opaque: new OpaqueResources(false) })],
    authenticate: () => ({ ok: false, reason: 'unknown key' }),
  });
  onTestFinished(() => endpoint.close());
  return endpoint.url;
}

const message = (name: string) => `the sandbox does not simulate ${name} (see docs/sandbox-support.md)`;
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('a service that is not simulated is named in the protocol of the request, with an id of the request', () => {
  const json = (name: string) => JSON.stringify({ __type: 'NotImplemented', message: message(name) });
  test.each([
    ['JSON with a target', 'kms', { 'x-amz-target': 'TrentService.ListKeys' }, '/', json('kms')],
    ['REST with JSON', 'eks', {}, '/clusters', json('eks')],
    [
      'a form',
      'iam',
      form,
      '/',
      `<ErrorResponse><Error><Type>Receiver</Type><Code>NotImplemented</Code><Message>${message('iam')}</Message></Error><RequestId>SIMULATED0000001</RequestId></ErrorResponse>`,
    ],
    [
      'the form of EC2',
      'ec2',
      form,
      '/',
      `<Response><Errors><Error><Code>NotImplemented</Code><Message>${message('ec2')}</Message></Error></Errors><RequestID>SIMULATED0000001</RequestID></Response>`,
    ],
  ])('%s', async (_, service, headers, path, body) => {
    const response = await ask(service, headers, path);
    expect([response.status, response.headers.get('x-amzn-requestid')]).toEqual([501, 'SIMULATED0000001']);
    expect(await response.text()).toBe(body);
  });

  test('REST with XML', async () => {
    const response = await ask('route53', {}, '/2013-04-01/hostedzone');
    expect(await response.text()).toContain('<Code>NotImplemented</Code>');
  });

  test('CBOR', async () => {
    const headers = { 'smithy-protocol': 'rpc-v2-cbor' };
    const response = await ask('arc-region-switch', headers, '/service/ArcRegionSwitch/operation/ListPlans');
    expect(response.headers.get('content-type')).toBe('application/cbor');
    expect(decodeCbor(Buffer.from(await response.arrayBuffer()))).toEqual({
      __type: 'NotImplemented',
      message: message('arc-region-switch'),
    });
  });
});

test('what is signed for S3, or not at all, is for others to answer', async () => {
  const text = async (service: string) => (await ask(service, {})).text();
  expect(await text('s3')).toBe('the sandbox has no service for POST /');
  expect(await text('sqs')).toContain(message('sqs'));
});
