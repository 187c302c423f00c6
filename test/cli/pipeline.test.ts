import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, inject, test } from 'vitest';
import { platformFile } from '../platform-file.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { crosswind, startCrosswind } from './crosswind.ts';

const play = (...args: readonly string[]) =>
  crosswind('pipeline', '--file', platformFile, '--assembly', inject('assembly'), ...args);

describe('crosswind pipeline', () => {
  test('shows each stage with its actions, where they act, and what they did', async () => {
    const { code, stdout, stderr } = await play();
    expect(code).toBe(0);
    const stages = stdout.split('\n').filter((line) => /^\S/.test(line));
    expect(stages).toEqual([
      ...['Source', 'Build', 'UpdatePipeline', 'Assets', 'probes', 'observability'],
      ...['dev', 'approve-prod', 'prod'],
      expect.stringMatching(/^Simulated: \d+ actions succeeded, each with the permissions of its roles/) as string,
    ]);
    expect(stdout).toContain('✓ 1  SelfMutate  CodeBuild in 111111111111, us-east-1\n');
    expect(stdout).toContain('       Crosswind is as it should be\n');
    expect(stdout).toContain('       not run here: npm run check\n');
    expect(stdout).toContain(
      '✓ 1  crosswind-word-count-child.Deploy  CloudFormation in 444444444444, us-east-1\n       created',
    );
    expect(stdout).toContain('       ran crosswind run word-count --wave dev --sample --timeout 10\n');
    expect(stdout).toContain('       approved automatically\n');
    expect(stderr).toBe('');
  });

  test('prints the actions as JSON, and nothing else', async () => {
    const { code, stdout } = await play('--json');
    expect(code).toBe(0);
    const { simulated, actions, decisions } = JSON.parse(stdout) as {
      readonly simulated: boolean;
      readonly actions: readonly Record<string, unknown>[];
      readonly decisions: { readonly allowed: Readonly<Record<string, number>> };
    };
    expect(simulated).toBe(true);
    expect(actions).toContainEqual({
      stage: 'dev',
      name: 'crosswind-word-count-parent.Deploy',
      runOrder: 2,
      provider: 'CloudFormation',
      account: '333333333333',
      region: 'us-east-1',
      status: 'Succeeded',
      done: ['created'],
      notRun: [],
      error: null,
    });
    expect(decisions.allowed).toMatchObject({ 'cloudformation:CreateStack': expect.any(Number) as number });
  });

  test('ends with the action that failed, what it lacked, and exit code 2', async () => {
    // A pipeline that is bound to another organization may not publish into accounts of this one.
    const other = join(temporaryDirectory(), 'assembly');
    cpSync(inject('assembly'), other, { recursive: true });
    const template = join(other, 'Crosswind.template.json');
    const bound = /("aws:ResourceOrgID": ?)"[^"]*"/g;
    const text = readFileSync(template, 'utf8');
    expect(text).toMatch(bound);
    writeFileSync(template, text.replaceAll(bound, '$1"o-otherorg12"'));
    const { code, stdout, stderr } = await crosswind('pipeline', '--file', platformFile, '--assembly', other);
    expect(code).toBe(2);
    expect(stdout).toContain('✗ 1  FileAssets  CodeBuild in 111111111111, us-east-1\n');
    expect(stdout).toMatch(/is not authorized to perform: sts:AssumeRole on resource: \S+file-publishing-role/);
    expect(stdout).toContain('To fix it, this statement in the ');
    expect(stdout).not.toContain('crosswind-word-count-child.Deploy');
    expect(stderr).toContain('the pipeline ends at Assets FileAssets\n');
  });

  test.each([
    ['deploys itself', 'UpdatePipeline', 'Assets'],
    ['publishes assets', 'Assets', 'observability'],
    ['deploys a wave', 'dev', 'prod'],
  ])('ends at Ctrl-C while it %s, without a word and without going on', async (_, stage, later) => {
    const started = startCrosswind('pipeline', '--file', platformFile, '--assembly', inject('assembly'));
    await expect
      .poll(() => started.texts.stdout, { interval: 1, timeout: 20_000 })
      .toMatch(new RegExp(`^${stage}$`, 'm'));
    started.signal('SIGINT');
    await started.finished;
    const printed = started.texts.stdout;
    // Work that went on would meet what was removed.
    await setTimeout(1_000);
    expect(started.texts).toEqual({ stdout: printed, stderr: '' });
    expect(printed).not.toMatch(new RegExp(`^${later}$`, 'm'));
  });

  test('refuses what is no assembly of the platform', async () => {
    const { code, stderr } = await crosswind('pipeline', '--file', platformFile, '--assembly', temporaryDirectory());
    expect(stderr).toContain('is no cloud assembly: expected a manifest.json in it');
    expect(code).toBe(1);
  });
});
