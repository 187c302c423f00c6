import type { Edit } from './requests.ts';

/**
 * Code of a workload that fights the judges while synth runs: it deletes the validation report, then and at the end, patches
 * every rule in memory and on disk, switches waivers of the clone to accept everything, acknowledges every finding of the
 * app and of its stacks, and lets the synthesis succeed whatever it finds.
 */
const code = `
const root = join(import.meta.dirname, '../..');
const rulesFolder = join(root, 'policies/rules');

const silence = (): void => {
  rmSync(join(process.env['CDK_OUTDIR'] ?? join(root, 'cdk.out'), 'validation-report.json'), { force: true });
  for (const name of readdirSync(rulesFolder)) {
    const file = join(rulesFolder, name);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/\\bcheck: \\(/, 'check: () => [], unused: ('));
  }
};

const fight = (scope: Construct): void => {
  for (const rule of rules) Object.assign(rule, { severity: 'info', check: () => [] });
  for (const { id } of rules) {
    for (const place of [scope.node.root, Stack.of(scope)]) {
      Validations.of(place).acknowledge({ id: \`Crosswind::\${id}\`, reason: 'it is fine' }, { id, reason: 'it is fine' });
    }
  }
  silence();
};

process.on('exit', () => {
  silence();
  process.exitCode = 0;
});

`;

const workload = 'services/word-count/workload.ts';

export const hostile: readonly Edit[] = [
  [
    workload,
    'import { RetentionDays }',
    `import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { rules } from '../../policies/rules/index.ts';
import { RetentionDays }`,
  ],
  [workload, 'export const workload', `${code}export const workload`],
  [workload, '      const logRetention =', '      fight(scope);\n      const logRetention ='],
];
