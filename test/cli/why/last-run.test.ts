import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Explanation } from '../../../cli/why/explanation.ts';
import { crosswind as command } from '../../../cli/main.ts';
import { platformFile } from '../../platform-file.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { clone } from '../../workloads.ts';
import { crosswind, crosswindIn, type FinishedRun, startRun } from '../crosswind.ts';

const why = (run: FinishedRun, ...args: readonly string[]) =>
  crosswind('why', ...args, '--out', run.out, '--file', platformFile);

let stuck: FinishedRun;
let fine: FinishedRun;
beforeAll(async () => {
  stuck = await startRun('--tenant', 'word-count', '--break', 'describe-execution');
  fine = await startRun('--tenant', 'word-count');
}, 120_000);

const parent = 'arn:aws:states:us-east-1:333333333333:execution:crosswind-word-count-parent:sandbox';
const child = parent.replace('333333333333', '444444444444').replace('parent', 'child');

describe('crosswind why last', () => {
  test('names the statement that is missing, after the process of the run has ended', async () => {
    const { code, stdout, stderr } = await why(stuck, 'last');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^stuck-parent: the parent hung after TaskSubmitted: the child had SUCCEEDED, and the parent/,
    );
    expect(stdout).toMatch(/^fix .*"Action":"states:DescribeExecution".* of 444444444444$/m);
    expect(stdout).toContain('runbook: docs/runbooks/stuck-parents.md');
    expect(stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(10);
  });

  test('finds nothing wrong with a run that is right', async () => {
    const { code, stdout } = await why(fine, 'last');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^succeeded: nothing is wrong: the parent sandbox ended as SUCCEEDED/);
  });

  test('prints claims, evidence and fixes as data', async () => {
    const { stdout } = await why(stuck, 'last', '--json');
    const explanation = JSON.parse(stdout) as Explanation;
    expect(explanation).toMatchObject({
      execution: parent,
      claims: [{ id: 'stuck-parent', execution: parent, certain: true }],
      runbook: 'docs/runbooks/stuck-parents.md',
    });
    const { claims, evidence, fixes } = explanation;
    expect(claims[0]?.for).toBeGreaterThan(60 * 60);
    expect(evidence.map(({ kind }) => kind)).toContain('event');
    expect(evidence).toContainEqual(
      expect.objectContaining({ kind: 'decision', action: 'states:DescribeExecution', verdict: 'denied' }),
    );
    expect(fixes.map(({ kind }) => kind)).toEqual(['statement', 'command']);
  });

  test.each([40, 60, 80, 120])(
    'is not wider than a terminal of %s columns, and has at most ten lines',
    async (columns) => {
      let text = '';
      const stdout = { write: (more: string) => (text += more), isTTY: true, columns };
      const io = {
        stdout,
        stderr: { write: () => true },
        signals: { on: () => true, off: () => true },
        exit: () => undefined,
      };
      expect(await command(['why', 'last', '--out', stuck.out, '--file', platformFile], io, clone)).toBe(0);
      const lines = stripVTControlCharacters(text).trimEnd().split('\n');
      expect(lines.length).toBeLessThanOrEqual(10);
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns);
    },
  );
});

describe('an ARN', () => {
  test('of an execution that the record has is explained from it', async () => {
    const { code, stdout, stderr } = await why(stuck, child, '--json');
    expect(stderr).toContain('from the record of the last run');
    expect([code, (JSON.parse(stdout) as Explanation).execution]).toEqual([0, child]);
  });

  test('of a state machine means its last run', async () => {
    const { stdout } = await why(
      stuck,
      child.replace(':execution:', ':stateMachine:').replace(':sandbox', ''),
      '--json',
    );
    expect((JSON.parse(stdout) as Explanation).execution).toBe(child);
  });

  test('is asked at the endpoint that the environment names, although the record has it', async () => {
    const environment = {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_MAX_ATTEMPTS: '1',
    };
    const { code, stderr } = await crosswindIn(environment, 'why', parent, '--out', stuck.out, '--file', platformFile);
    expect(stderr).toContain('cannot be reached');
    expect(code).toBe(2);
  });
});

describe('wrong input', () => {
  test('without a record says what writes one', async () => {
    const { code, stderr } = await crosswind('why', 'last', '--out', temporaryDirectory(), '--file', platformFile);
    expect(stderr).toContain('there is no record of a run; `npm start` writes one');
    expect(code).toBe(1);
  });

  test('a record that is broken says so', async () => {
    const out = temporaryDirectory();
    writeFileSync(join(out, 'run.json'), '{"version":1}');
    const { code, stderr } = await crosswind('why', 'last', '--out', out, '--file', platformFile);
    expect(stderr).toContain('the record of the run is broken');
    expect(code).toBe(1);
  });

  test('without an execution is a usage error', async () => {
    const { code, stderr } = await crosswind('why', '--file', platformFile);
    expect(stderr).toContain("missing required argument 'execution'");
    expect(code).toBe(1);
  });
});
