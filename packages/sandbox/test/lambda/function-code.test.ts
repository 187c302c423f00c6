import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { TemplateResource } from '@crosswind/assembly/template';
import { opaqueLine } from '../../src/cloudformation/opaque-resources.ts';
import { arnOf, lambda, lambdaFunction, type Resources, role, sandboxWith } from '../../src/testing/literals.ts';

import { zipOf } from './zip-of.ts';

const account = '444444444444';

/** A directory with these files under a package whose `.js` files are modules. */
function bundleWith(files: Readonly<Record<string, string>>): string {
  const app = mkdtempSync(join(tmpdir(), 'crosswind-app-'));
  onTestFinished(() => {
    rmSync(app, { recursive: true });
  });
  writeFileSync(join(app, 'package.json'), '{"type":"module"}');
  for (const [name, content] of Object.entries(files)) {
    const file = join(app, 'asset', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return join(app, 'asset');
}

const functionIn = (directory: string, name = 'tried'): TemplateResource =>
  lambdaFunction(name, '', { Code: { S3Bucket: 'assets', S3Key: directory } });

const deployed = (resources: Resources) =>
  sandboxWith([{ account, resources: { FunctionRole: role('function', lambda), ...resources } }]);

async function answerOf(directory: string) {
  const { functions } = await deployed({ Tried: functionIn(directory) });
  const result = await functions.invoke(`arn:aws:lambda:us-east-1:${account}:function:tried`, '{}', () => undefined);
  return result.ok ? result.payload : `${result.error.errorType}: ${result.error.errorMessage}`;
}

const module_ = (answer: string): string => `export const handler = async () => (${answer});`;
const commonJs = (answer: string): string => `exports.handler = async () => (${answer});`;

describe('a bundle runs as on Lambda, where no package is around it:', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['CommonJS', { 'index.js': commonJs('1') }],
    [
      'CommonJS of several files',
      { 'index.js': commonJs("require('./lib/one')"), 'lib/one.js': 'module.exports = 1;' },
    ],
    [
      'CommonJS whose exports are computed',
      { 'index.js': "Object.assign(exports, { ['hand' + 'ler']: async () => 1 });" },
    ],
    [
      'CommonJS as esbuild minifies it',
      {
        'index.js':
          "var d=Object.defineProperty,c=(m)=>d({},'__esModule',{value:!0}),e={};var t=c(e);d(t,'handler',{get:()=>h,enumerable:!0});module.exports=t;async function h(){return 1}",
      },
    ],
    ['CommonJS by its extension', { 'index.cjs': commonJs('1') }],
    ['a module by its extension', { 'index.mjs': module_('1') }],
    ['a module by its own package', { 'index.js': module_('1'), 'package.json': '{"type":"module"}' }],
    [
      'with packages of its own',
      { 'index.js': commonJs("require('one')"), 'node_modules/one/index.js': 'module.exports = 1;' },
    ],
  ])('%s', async (_, files) => {
    expect(await answerOf(bundleWith(files))).toBe('1');
  });

  test('a module does not export what its default export has', async () => {
    const directory = bundleWith({ 'index.mjs': 'export default { handler: async () => 1 };' });
    expect(await answerOf(directory)).toBe('Runtime.HandlerNotFound: handler is undefined or not exported');
  });

  test('symbolic links are what they point to', async () => {
    const directory = bundleWith({
      'lib/one.js': 'module.exports = 1;',
      'index.js': commonJs("require('./linked/one')"),
    });
    symlinkSync('lib', join(directory, 'linked'));
    symlinkSync('nowhere', join(directory, 'dangling'));
    expect(await answerOf(directory)).toBe('1');
  });

  test('packages above it are not there', async () => {
    const directory = bundleWith({ 'index.js': commonJs("require('one')"), '../node_modules/one/index.js': '' });
    expect(await answerOf(directory)).toMatch(/^Runtime.ImportModuleError|^Error: Cannot find module 'one'/);
  });

  test('two functions with one bundle share it', async () => {
    const directory = bundleWith({ 'index.js': commonJs('__dirname') });
    const { functions } = await deployed({ Tried: functionIn(directory), Other: functionIn(directory, 'other') });
    const answers = ['tried', 'other'].map((name) =>
      functions.invoke(`arn:aws:lambda:us-east-1:${account}:function:${name}`, '{}', () => undefined),
    );
    const [first, second] = await Promise.all(answers);
    expect(first).toMatchObject({ ok: true, payload: (second?.ok && second.payload) as string });
  });

  test('an archive is unpacked, and refused if it is none', async () => {
    const archive = (bytes: Buffer): string => {
      const directory = bundleWith({});
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, 'code.zip'), bytes);
      return join(directory, 'code.zip');
    };
    expect(await answerOf(archive(zipOf({ 'index.mjs': module_('42') })))).toBe('42');
    await expect(deployed({ Tried: functionIn(archive(Buffer.from('none'))) })).rejects.toThrow(
      'InvalidParameterValueException: Could not unzip uploaded file. Please check your file, then try to upload again.',
    );
  });
});

const absent = 'Lambda brings the module @aws-sdk/client-absent, which is not installed with the sandbox';

describe('the AWS SDK, which Lambda brings,', () => {
  const used = `(await import('@aws-sdk/client-s3')).S3Client.name`;
  test.each<[string, Readonly<Record<string, string>>]>([
    ['is imported', { 'index.mjs': `import { S3Client } from '@aws-sdk/client-s3'; ${module_('S3Client.name')}` }],
    ['is imported when it is needed', { 'index.mjs': module_(used) }],
    ['is required', { 'index.js': commonJs("require('@aws-sdk/client-s3').S3Client.name") }],
    ['is required with what it is made of', { 'index.js': commonJs("require('@smithy/types') && 'S3Client'") }],
  ])('%s', async (_, files) => {
    expect(await answerOf(bundleWith(files))).toBe('"S3Client"');
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['imported', { 'index.mjs': `import '@aws-sdk/client-absent'; ${module_('1')}` }],
    ['required', { 'index.js': commonJs("require('@aws-sdk/client-absent')") }],
  ])('is named where a part of it that is not installed is %s', async (_, files) => {
    expect(await answerOf(bundleWith(files))).toBe(`Sandbox.NotSupported: ${absent}`);
  });
});

describe('a custom resource', () => {
  const asked = (code: string): Resources => ({
    Provider: functionIn(bundleWith({ 'index.js': code }), 'provider'),
    Asked: { Type: 'Custom::Asked', Properties: { ServiceToken: arnOf('Provider') } },
  });
  const answering = (used: string): string => `exports.handler = async ({ ResponseURL }) => {
    let answer = { Status: 'SUCCESS' };
    try { ${used} } catch (error) { answer = { Status: 'FAILED', Reason: error.message }; }
    await fetch(ResponseURL, { method: 'PUT', body: JSON.stringify(answer) });
  };`;

  test.each([
    ['fails to load', "require('@aws-sdk/client-absent');"],
    ['says so', answering("require('@aws-sdk/client-absent');")],
    [
      'says so in the words of the CDK',
      answering("throw new Error('Package @aws-sdk/client-absent does not exist.');"),
    ],
  ])('is opaque where its function lacks a module that Lambda has and %s', async (_, code) => {
    const { opaque } = await deployed(asked(code));
    expect(opaque.map(opaqueLine)).toEqual([
      `AWS can, the sandbox cannot: Custom::Asked Asked in ${account}: ${absent}`,
    ]);
  });

  /** A function that answers by `call`, JavaScript that begins a request to `url` and calls `done` with its response. */
  const sending = (call: string): string => `exports.handler = async ({ ResponseURL }) => {
    const [https, module_, url] = [require('https'), await import('node:https'), new URL(ResponseURL)];
    await new Promise((resolve, reject) => {
      const done = (response) => response.resume().on('end', resolve);
      ${call}.on('error', reject).end('{"Status":"SUCCESS"}');
    });
  };`;

  test.each([
    [
      'with the parts of the address',
      "https.request({ hostname: url.hostname, port: 443, path: url.pathname, method: 'PUT' }, done)",
    ],
    ['with the address', "https.request(ResponseURL, { method: 'PUT' }, done)"],
    ['by import', "module_.request(url, { method: 'PUT' }, done)"],
  ])('is created where its function answers by HTTPS, as on AWS: %s', async (_, call) => {
    expect((await deployed(asked(sending(call)))).opaque).toEqual([]);
  });

  test('is refused where its function answers to another address', async () => {
    const elsewhere = "https.request({ hostname: url.hostname, port: 1, path: '/elsewhere', method: 'PUT' }, done)";
    await expect(deployed(asked(sending(elsewhere)))).rejects.toThrow('CustomResourceTimeout');
  });

  test('is created where its function has the modules that it needs', async () => {
    const { opaque } = await deployed(asked(answering("require('@aws-sdk/client-s3');")));
    expect(opaque).toEqual([]);
  });

  test('is refused where its function lacks a module that Lambda does not have', async () => {
    await expect(deployed(asked(answering("require('absent');")))).rejects.toThrow("Cannot find module 'absent'");
  });
});
