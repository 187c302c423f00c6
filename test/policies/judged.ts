import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type IPolicyValidationPlugin, Stack, Validations } from 'aws-cdk-lib/core';
import { type ValidationReport, parseValidationReport } from '../../policies/validation-report.ts';

/** The report of a synth of one stack that plugins judge, as the command line of the CDK reads it. */
export function judged(
  build: (stack: Stack) => void,
  ...plugins: readonly IPolicyValidationPlugin[]
): ValidationReport {
  const outdir = mkdtempSync(join(tmpdir(), 'crosswind-test-'));
  const { exitCode } = process;
  try {
    // In this mode the app leaves it to the command line to fail and to print.
    const app = new App({
      outdir,
      context: { 'aws:cdk:enable-path-metadata': true, '@aws-cdk/core:failSynthOnValidationErrors': false },
    });
    build(new Stack(app, 'Alone', { env: { account: '111111111111', region: 'us-east-1' } }));
    Validations.of(app).addPlugins(...plugins);
    app.synth();
    return parseValidationReport(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
  } finally {
    process.exitCode = exitCode;
    rmSync(outdir, { recursive: true });
  }
}

/** Findings of a report, each as rule and construct. */
export const complaints = ({ pluginReports }: ValidationReport): readonly string[] =>
  pluginReports
    .flatMap(({ violations }) => violations)
    .flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    )
    .sort();
