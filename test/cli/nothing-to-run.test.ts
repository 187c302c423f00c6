import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { platformFile } from '../platform-file.ts';
import { platformText } from '../synthesized.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { crosswind } from './crosswind.ts';

/** An assembly with one stack of these resources. */
function assemblyOf(Resources: object): string {
  const directory = temporaryDirectory();
  const stack = {
    type: 'aws:cloudformation:stack',
    environment: 'aws://111111111111/us-east-1',
    properties: { templateFile: 'one.template.json' },
  };
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ artifacts: { One: stack } }));
  writeFileSync(join(directory, 'one.template.json'), JSON.stringify({ Resources }));
  return directory;
}

const pipeline = (Name: string) => ({ Type: 'AWS::CodePipeline::Pipeline', Properties: { Name } });

const start = (assembly: string) =>
  crosswind('start', '--file', platformFile, '--assembly', assembly, '--out', temporaryDirectory());

const frozenText = platformText.replace(/- name: (dev|prod)\n/g, '- name: $1\n    frozen: true\n');

test.each([
  [frozenText, [], 'nothing to run: the pipeline deploys no workflow now: wave dev is frozen, wave prod is frozen\n'],
  // An option of a workload, which nobody knows where none is chosen.
  [frozenText, ['--texts', '5'], 'nothing to run: '],
  [
    platformText.replace('- name: dev\n', '- name: dev\n    frozen: true\n'),
    ['--wave', 'dev'],
    'nothing to run: the pipeline deploys no workflow in wave "dev" now: wave dev is frozen\n',
  ],
  [
    platformText
      .replace(/^waves:\n(?: .*\n)+/m, 'waves: []\n')
      .replace(/^ {4}waves:\n(?: {6}.*\n)+/m, '    waves: {}\n'),
    [],
    'nothing to run: the pipeline deploys no workflow now: no tenant is in a wave\n',
  ],
])('a platform that deploys nothing has nothing to run, which is no failure', async (text, args, message) => {
  const file = join(temporaryDirectory(), 'platform.yaml');
  writeFileSync(file, text);
  const { code, stderr } = await crosswind('start', '--file', file, '--out', temporaryDirectory(), ...args);
  expect(stderr).toContain(message);
  expect(code).toBe(0);
});

test('a platform without tenants has nothing to run either, and says how to make one', async () => {
  const file = join(temporaryDirectory(), 'platform.yaml');
  const nobody = platformText
    .replace(/^waves:\n(?: .*\n)+/m, 'waves: []\n')
    .replace(/^tenants:\n[^]*/m, 'tenants: []\n');
  writeFileSync(file, nobody);
  const [started, simulated] = await Promise.all([
    crosswind('start', '--file', file, '--out', temporaryDirectory()),
    crosswind('simulate', '--file', file),
  ]);
  expect(started).toMatchObject({ code: 0, stderr: expect.stringContaining('crosswind tenant new') as string });
  expect(simulated).toMatchObject({ code: 1, stderr: expect.stringContaining('crosswind tenant new') as string });
});

test.each([
  ['no pipeline', { Topic: { Type: 'AWS::SNS::Topic' } }],
  ['a pipeline of its own', { Pipeline: pipeline('theirs') }],
])('an app with %s is wrong input', async (_, resources) => {
  const { code, stderr } = await start(assemblyOf(resources));
  expect(stderr).toContain('is not this platform: expected a pipeline named crosswind');
  expect(code).toBe(1);
});
