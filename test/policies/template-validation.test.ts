import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { TemplateValidation } from '../../policies/template-validation.ts';

const long = 'w'.repeat(70);
/** One for all tests: its engine takes seconds to load, again whenever a type of resource comes that is new to it. */
const validation = new TemplateValidation(['wind', 'rain', long]);

/** Findings in templates, as rule and template file. The templates are given by the construct path of their stack. */
function found(templates: Readonly<Record<string, JsonObject>>): readonly (readonly [rule: string, file: string])[] {
  const directory = mkdtempSync(join(tmpdir(), 'crosswind-test-'));
  onTestFinished(() => {
    rmSync(directory, { recursive: true });
  });
  const stackTemplates = Object.entries(templates).map(([stackConstructPath, Resources]) => {
    const templatePath = join(directory, `${stackConstructPath.replace('/', '-')}.json`);
    writeFileSync(templatePath, JSON.stringify({ Resources }));
    return { stackConstructPath, templatePath, accountId: '111111111111', region: 'us-east-1' };
  });
  const paths = stackTemplates.map(({ templatePath }) => templatePath);
  const report = validation.validate({
    stackTemplates,
    templatePaths: paths,
    appConstruct: new App(),
  });
  expect(report.success).toBe(report.violations.every(({ severity }) => severity !== 'error'));
  return report.violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ templatePath = '' }): [string, string] => [
      ruleName,
      templatePath.slice(directory.length + 1),
    ]),
  );
}

const queue = (name: string, seconds: number): JsonObject => ({
  It: { Type: 'AWS::SQS::Queue', Properties: { QueueName: name, VisibilityTimeout: seconds } },
});
const role = (name: string): JsonObject => ({
  It: {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: name,
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'states.amazonaws.com' } }],
      },
    },
  },
});
/** AWS::SQS::Queue: at most 43,200 seconds. */
const tooLong = 100_000;

describe("CloudFormation's validation", () => {
  test('finds nothing in templates that are valid', () => {
    expect(found({ 'App/wind': queue('wind', 60), 'App/rain': queue('rain', 60), 'App/role': role('role') })).toEqual(
      [],
    );
  });

  test('finds what is wrong in every template, though they are alike', () => {
    const files = found({ 'App/wind': queue('wind', tooLong), 'App/rain': queue('rain', tooLong) });
    expect(files.map(([, file]) => file)).toEqual(['App-wind.json', 'App-rain.json']);
    expect(new Set(files.map(([rule]) => rule)).size).toBe(1);
  });

  test('finds what is wrong in one template beside another one that is valid', () => {
    const files = found({ 'App/wind': queue('wind', 60), 'App/rain': queue('rain', tooLong) });
    expect(files.map(([, file]) => file)).toEqual(['App-rain.json']);
  });

  test('finds a name that is too long where another one is not', () => {
    // AWS::IAM::Role: at most 64 characters.
    const files = found({ 'App/wind': role('wind'), [`App/${long}`]: role(long) });
    expect(new Set(files.map(([, file]) => file))).toEqual(new Set([`App-${long}.json`]));
  });
});
