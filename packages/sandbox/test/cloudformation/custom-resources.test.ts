import { describe, expect, test } from 'vitest';
import type { TemplateResource } from '@crosswind/assembly/template';
import { opaqueLine } from '../../src/cloudformation/opaque-resources.ts';
import { type Resources, lambda, lambdaFunction, role, sandboxWith, stacksOf } from '../../src/testing/literals.ts';
import { account, refusalOf } from './refusals.ts';

/** Code of a function that sends `answer`, a JavaScript expression over `event`, to CloudFormation. */
const answering = (answer: string): string =>
  `export const handler = (event) => fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(${answer}) }).then(() => 1);`;

const asked = (properties = {}): TemplateResource => ({
  Type: 'Custom::Asked',
  Properties: { ServiceToken: { 'Fn::GetAtt': ['Tried', 'Arn'] }, ...properties },
});
const parameter = (value: string): TemplateResource => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name: '/answer', Type: 'String', Value: { 'Fn::GetAtt': ['Asked', value] } },
});

/** Resources with a custom one, `Asked`, and the function with that code behind it. */
const withFunction = (code: string, others: Resources = {}): Resources => ({
  ...others,
  Asked: asked({ Flavor: 'sour' }),
  Tried: lambdaFunction('tried', code),
  FunctionRole: role('function', lambda),
});

const answerIn = `arn:aws:ssm:us-east-1:${account}:parameter/answer`;
const received = 'Received response status [FAILED] from custom resource. Message returned:';
const place = `Asked (Custom::Asked) in account ${account}`;

describe('a custom resource', () => {
  test.each([
    ['a text', `'plain'`, 'plain'],
    ['a text that JSON would escape', JSON.stringify('"a"\\\n$& $1'), '"a"\\\n$& $1'],
    ['a number, as text', '42', '42'],
    ['what it was asked', 'event.ResourceProperties.Flavor', 'sour'],
  ])('gives what its function answers to resources after it: %s', async (_, value, expected) => {
    const code = answering(`{ Status: 'SUCCESS', Data: { Value: ${value} } }`);
    const resources = withFunction(code, { Found: parameter('Value') });
    const sandbox = await sandboxWith([{ account, resources }]);
    expect(sandbox.parameters.get(answerIn)).toBe(expected);
  });

  test.each([
    ['a function', ''],
    ['an alias', ':live'],
  ])('asks %s as CloudFormation does: the stack, the resource and its properties', async (_, qualifier) => {
    const code = answering(`{ Status: 'SUCCESS', Data: { Event: JSON.stringify(event) } }`);
    const functionArn = `arn:aws:lambda:us-east-1:${account}:function:tried${qualifier}`;
    const Asked = { ...asked({ ServiceToken: functionArn, Flavor: 'sour' }), DependsOn: 'Tried' };
    const resources = { ...withFunction(code, { Found: parameter('Event') }), Asked };
    const sandbox = await sandboxWith([{ account, resources }]);
    expect(JSON.parse(sandbox.parameters.get(answerIn) ?? '')).toEqual({
      RequestType: 'Create',
      ResponseURL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/cloudformation-response\//) as string,
      StackId: `arn:aws:cloudformation:us-east-1:${account}:stack/Stack0/simulated`,
      RequestId: expect.stringMatching(/./) as string,
      ResourceType: 'Custom::Asked',
      LogicalResourceId: 'Asked',
      ResourceProperties: { ServiceToken: functionArn, Flavor: 'sour' },
    });
  });

  test('is not confused with another one', async () => {
    const code = answering(`{ Status: 'SUCCESS', Data: { Value: event.LogicalResourceId } }`);
    const resources = withFunction(code, { Found: parameter('Value'), Another: asked() });
    const sandbox = await sandboxWith([{ account, resources }]);
    expect(sandbox.parameters.get(answerIn)).toBe('Asked');
  });
});

describe('a custom resource of another app', () => {
  const failing = (reason: string) => {
    const resources = withFunction(answering(`{ Status: 'FAILED', Reason: '${reason}' }`));
    return sandboxWith([{ account, resources }], { assembly: stacksOf({ account, resources }) });
  };

  test('is opaque where its function fails, which may look for something outside the assembly', async () => {
    const { opaque } = await failing('Parameter /vpc/id not found');
    expect(opaque.map(opaqueLine)).toEqual([
      `AWS can, the sandbox cannot: Custom::Asked Asked in ${account}: Parameter /vpc/id not found`,
    ]);
  });

  test.each([
    ['sends no answer', 'export const handler = () => 1;'],
    ['throws', `export const handler = () => { throw new Error('no such parameter'); };`],
  ])('is opaque where its function %s', async (_, code) => {
    const resources = withFunction(code);
    const { opaque } = await sandboxWith([{ account, resources }], { assembly: stacksOf({ account, resources }) });
    expect(opaque.map(opaqueLine)).toEqual([expect.stringContaining('Custom::Asked Asked in')]);
  });

  test.each(['User: x is not authorized to perform: s3:GetObject', 'AccessDenied: no'])(
    'is refused where its function was denied: %s',
    async (reason) => {
      await expect(failing(reason)).rejects.toThrow(`CustomResourceFailed: ${received} ${reason}`);
    },
  );
});

describe('a custom resource is refused', () => {
  test.each([
    ['with the reason of its function', `{ Status: 'FAILED', Reason: 'no sink yet' }`, 'no sink yet'],
    ['without a reason, if there is none', `{ Status: 'FAILED' }`, 'the function gave no reason'],
  ])('%s', async (_, answer, reason) => {
    expect(await refusalOf(withFunction(answering(answer)))).toBe(
      `${place}: CustomResourceFailed: ${received} ${reason} (RequestId: request-1)`,
    );
  });

  test.each([
    ['sends no answer', 'export const handler = () => 1;', 'the function sent no answer'],
    ['throws', `export const handler = () => { throw new Error('out of luck'); };`, 'out of luck'],
  ])('when its function %s, because CloudFormation would wait in vain', async (_, code, why) => {
    expect(await refusalOf(withFunction(code))).toBe(
      `${place}: CustomResourceTimeout: CloudFormation did not receive a response from your custom resource. Please check your logs for requestId [request-1]. (${why})`,
    );
  });

  test('when what needs an attribute does not find it in the answer', async () => {
    const resources = (attribute: string) =>
      withFunction(answering(`{ Status: 'SUCCESS', Data: { Value: 1 } }`), { Found: parameter(attribute) });
    expect(await refusalOf(resources('Other'))).toBe(
      `Found (AWS::SSM::Parameter) in account ${account}: InvalidRequest: CustomResource attribute error: Vendor response doesn't contain Other attribute in object Asked`,
    );
    expect(await refusalOf(resources('Value'))).toBeUndefined();
  });

  test('when there is no such function', async () => {
    const missing = `arn:aws:lambda:us-east-1:${account}:function:missing`;
    const resources = { Asked: asked({ ServiceToken: missing }) };
    expect(await refusalOf(resources)).toBe(`${place}: InvalidServiceToken: there is no function ${missing}`);
  });

  test('and not when its function answers', async () => {
    expect(await refusalOf(withFunction(answering(`{ Status: 'SUCCESS' }`)))).toBeUndefined();
  });
});

describe('the address at which an answer is waited for', () => {
  const put = (url: string, body: string) => `(await fetch(${url}, { method: 'PUT', body: ${body} })).status`;
  const success = `JSON.stringify({ Status: 'SUCCESS', Data: { Value: seen.join() } })`;

  test.each([
    ['what is no JSON', put('event.ResponseURL', `'{'`), '403'],
    ['what is no answer', put('event.ResponseURL', `'{"Status":"MAYBE"}'`), '403'],
    [
      'more than an answer may have',
      put('event.ResponseURL', `JSON.stringify({ Status: 'SUCCESS', x: 'x'.repeat(4096) })`),
      '403',
    ],
    ['answers to other requests', put(`event.ResponseURL.replace(/.$/, 'x')`, success), '403'],
  ])('does not take %s', async (_, attempt, status) => {
    const code = `export const handler = async (event) => { const seen = []; seen.push(${attempt}); ${put('event.ResponseURL', success)}; };`;
    const sandbox = await sandboxWith([{ account, resources: withFunction(code, { Found: parameter('Value') }) }]);
    expect(sandbox.parameters.get(answerIn)).toBe(status);
  });

  test('takes nothing once it has been answered', async () => {
    const { parameters, endpointUrl } = await sandboxWith([
      {
        account,
        resources: withFunction(answering(`{ Status: 'SUCCESS', Data: { Value: event.ResponseURL } }`), {
          Found: parameter('Value'),
        }),
      },
    ]);
    const url = parameters.get(answerIn) ?? '';
    expect(url).toContain(endpointUrl);
    expect((await fetch(url, { method: 'PUT', body: '{"Status":"SUCCESS"}' })).status).toBe(403);
  });
});
