import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { synthesize } from '../../cli/local/synthesize.ts';
import { parseValidationReport } from '../../policies/validation-report.ts';
import { platformFile } from '../platform-file.ts';
import { platformText } from '../synthesized.ts';
import { clone } from '../workloads.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

test('a platform is found from where the command runs, not from the clone', async () => {
  const file = join(temporaryDirectory(), 'broken.yaml');
  writeFileSync(file, platformText.replace('region: us-east-1', 'region: Ireland'));
  const directory = temporaryDirectory();
  await expect(synthesize({ clone, file: relative(process.cwd(), file), directory })).rejects.toThrow(`${file}:`);
});

test.each([
  ['a quick synthesis is not judged', [], false],
  ['any other is judged', undefined, true],
] as const)('%s', async (_, quickly, isJudged) => {
  const directory = temporaryDirectory();
  await synthesize({ clone, file: platformFile, directory, quickly });
  expect(existsSync(join(directory, 'Crosswind.template.json'))).toBe(true);
  const plugins = parseValidationReport(readFileSync(join(directory, 'validation-report.json'), 'utf8')).pluginReports;
  expect(plugins.map(({ pluginName }) => pluginName)).toEqual([isJudged ? 'AwsSolutions' : 'Crosswind']);
});
