import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { platformFile } from '../platform-file.ts';
import { crosswind, temporaryDirectory } from './crosswind.ts';

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

const start = (assembly: string) =>
  crosswind('start', '--file', platformFile, '--assembly', assembly, '--out', temporaryDirectory());

test('a platform whose waves are all frozen has nothing to run, which is no failure', async () => {
  const { code, stderr } = await start(assemblyOf({ Pipeline: { Type: 'AWS::CodePipeline::Pipeline' } }));
  expect(stderr).toContain('nothing to run: the pipeline deploys no workflow now');
  expect(code).toBe(0);
});

test('an app without a pipeline is wrong input', async () => {
  const { code, stderr } = await start(assemblyOf({ Topic: { Type: 'AWS::SNS::Topic' } }));
  expect(stderr).toContain('has no pipeline that deploys a workflow across accounts');
  expect(code).toBe(1);
});
