import { expect, inject } from 'vitest';
import type { Finding } from '../../cli/preflight/finding.ts';
import { platformFile } from '../platform-file.ts';
import { crosswindIn } from './crosswind.ts';

/** `crosswind preflight` for a push of the shared assembly. */
export const preflightCommand = ['preflight', '--file', platformFile, '--assembly', inject('assembly')] as const;

/** Findings of preflight. It ends with exit code 2 for a finding that stops the push. */
export async function findingsIn(
  environment: NodeJS.ProcessEnv,
  ...args: readonly string[]
): Promise<readonly Finding[]> {
  const { code, stdout, stderr } = await crosswindIn(environment, ...preflightCommand, '--json', ...args);
  if (stdout === '') throw new Error(stderr);
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly Finding[] };
  expect(code, stderr).toBe(findings.some(({ severity }) => severity === 'error') ? 2 : 0);
  return findings;
}

/** The printed command that deploys baselines by the script. */
export const baselineCommand = (...accounts: readonly string[]): string =>
  `npx crosswind baseline ${accounts.join(' ')} --script > baseline.sh && bash baseline.sh # bash baseline.sh crosswind-break-glass where the organization's policies are attached`;
