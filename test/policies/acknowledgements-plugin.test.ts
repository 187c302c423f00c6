import { Bucket } from 'aws-cdk-lib/aws-s3';
import { type IPolicyValidationPlugin, Lazy, type Stack, Validations } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { acknowledgementsPlugin } from '../../policies/acknowledgements-plugin.ts';
import { Ledger } from '../../policies/ledger.ts';
import { nagPlugin } from '../../policies/nag-plugin.ts';
import { waived } from '../../policies/waived.ts';
import { complaints, judged } from './judged.ts';

const reason = 'because';
const bucketWith = (acknowledge: (bucket: Bucket, stack: Stack) => void) => (stack: Stack) => {
  acknowledge(new Bucket(stack, 'Bucket'), stack);
};
const acknowledging = (id: string) =>
  bucketWith((bucket) => {
    Validations.of(bucket).acknowledge({ id, reason });
  });

test.each([
  ['AwsSolutions-S1', 'AwsSolutions-S1'],
  ['AwsSolutions::AwsSolutions-S1', 'AwsSolutions-S1'],
  ['AwsSolutions-IAM5[Resource::*]', 'AwsSolutions-IAM5[Resource::*]'],
  ['Crosswind::OBS-2', 'OBS-2'],
  ['Waivers::WAIVER-1', 'WAIVER-1'],
  ['Acknowledgements::WAIVER-3', 'WAIVER-3'],
  ['CloudFormation-Validate::E3002', 'E3002'],
])('code that acknowledges %s is a finding at its construct', (id, rule) => {
  const report = judged(acknowledging(id), acknowledgementsPlugin());
  expect(complaints(report)).toEqual(['WAIVER-3 Alone/Bucket']);
  expect(report.pluginReports[0]).toMatchObject({
    conclusion: 'failure',
    violations: [
      {
        description: expect.stringContaining(
          `Alone/Bucket acknowledges ${rule} in code (test/policies/acknowledgements-plugin.test.ts:`,
        ) as string,
        suggestedFix: expect.stringContaining('write a waiver') as string,
      },
    ],
  });
});

test.each<[how: string, build: (stack: Stack) => void, place: string]>([
  [
    'for the whole app',
    bucketWith((_, stack) => {
      Validations.of(stack.node.root).acknowledge({ id: 'AwsSolutions-S1', reason });
    }),
    'Alone',
  ],
  [
    'as metadata of a construct',
    bucketWith((bucket) => {
      bucket.node.addMetadata('aws:cdk:acknowledged-rules', { 'AwsSolutions::AwsSolutions-S1': reason });
    }),
    'Alone/Bucket',
  ],
  [
    'while the template is written',
    bucketWith((bucket) => {
      const comment = Lazy.string({
        produce: () => {
          Validations.of(bucket).acknowledge({ id: 'AwsSolutions-S1', reason });
          return 'late';
        },
      });
      bucket.stack.templateOptions.description = comment;
    }),
    'Alone/Bucket',
  ],
])('so is one that is written %s', (_, build, place) => {
  expect(new Set(complaints(judged(build, acknowledgementsPlugin())))).toEqual(new Set([`WAIVER-3 ${place}`]));
});

test('nothing acknowledges the finding itself', () => {
  const build = bucketWith((_, stack) => {
    Validations.of(stack).acknowledge({ id: 'Acknowledgements::WAIVER-3', reason }, { id: 'AwsSolutions-S1', reason });
  });
  expect(complaints(judged(build, acknowledgementsPlugin()))).toEqual(['WAIVER-3 Alone', 'WAIVER-3 Alone']);
});

test('code may acknowledge a warning of the CDK', () => {
  expect(complaints(judged(acknowledging('@aws-cdk/aws-s3:something'), acknowledgementsPlugin()))).toEqual([]);
});

test('what a waiver accepts is acknowledged later, and is none', () => {
  const ledger = new Ledger(
    ['S1', 'S10'].map((rule) => ({
      rule: `AwsSolutions-${rule}`,
      path: '*',
      reason,
      owner: 'test-team',
      reviewAt: '1.0.0',
    })),
  );
  const plugins: readonly IPolicyValidationPlugin[] = [acknowledgementsPlugin(), waived(nagPlugin(), ledger)];
  expect(complaints(judged((stack) => new Bucket(stack, 'Bucket'), ...plugins))).toEqual([]);
});
