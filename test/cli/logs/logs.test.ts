import pc from 'picocolors';
import { describe, expect, test } from 'vitest';
import { lineText } from '../../../cli/logs/present.ts';
import { crosswind, spawnCrosswind } from '../crosswind.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { arnOf, batchOf, recorded, recordedIn } from './recorded-run.ts';

const logs = (...args: readonly string[]) => crosswind('logs', '--out', recordedIn(), ...args);

/** Lines without the time of the day and the account, of the command with these arguments. */
async function linesOf(...args: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await logs(...args);
  return stdout
    .trimEnd()
    .split('\n')
    .map((text) => text.replace(/^2026-01-02T03:04:(\S+)Z {2}\S+ +\S+ +/, '$1 '));
}

const second = [
  '15.000 second ExecutionStarted',
  '16.000 second ExecutionStarted',
  '16.500 each/second-b ExecutionStarted',
  '17.000 second count',
  '      in two lines',
  '18.000 {"level":"ERROR","message":"bad"}',
  '20.000 second TaskFailed {"error":"Storm"}',
];
const first = ['05.000 first ExecutionStarted', '06.000 first ExecutionStarted', '07.000 first count'];

describe('the logs of a run', () => {
  test('are those of the last execution of the entry, and of those that it started, by time', async () => {
    const { code, stdout, stderr } = await logs();
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toBe(
      '2026-01-02T03:04:15.000Z  rain-parent-dev  crosswind-rain-parent       second ExecutionStarted',
    );
    expect(await linesOf()).toEqual(second);
    expect(stderr).toBe('cut: events of the log group /aws/lambda/x of 1: the newest 1 of 2\n');
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['of an execution by its ARN', ['--execution', arnOf('parent', 'first')], first],
    ['of one that starts none', ['--execution', arnOf('child', 'first')], first.slice(1)],
    ['of the tenant by its name', ['--tenant', 'rain'], second],
    ['of a stage', ['--stage', 'parent'], [second[0] ?? '', second[6] ?? '']],
    ['that match a term', ['--filter', 'count'], second.slice(3, 5)],
    ['that match a pattern of JSON', ['--filter', '{ $.type = "TaskFailed" }'], second.slice(6)],
    ['from a time on', ['--since', '47s'], second.slice(5)],
    ['of a stage that match', ['--stage', 'child', '--filter', 'ERROR'], second.slice(5, 6)],
  ])('%s', async (_, args, lines) => {
    expect(await linesOf(...args)).toEqual(lines);
  });

  test('all of the record, also of what is no execution of the tenant', async () => {
    const lines = await linesOf('--execution', 'all');
    expect(lines).toContain('17.500 a round');
    expect(lines).toContain('16.600 each/first-ba ExecutionStarted');
    expect(lines.filter((text) => /^\d/.test(text))).toHaveLength(11);
    expect([...lines].filter((text) => /^\d/.test(text)).sort()).toEqual(lines.filter((text) => /^\d/.test(text)));
  });

  test('where nothing matches, that is said', async () => {
    expect(await logs('--filter', 'hail')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(/^no line matches\n/) as string,
    });
  });
});

describe('as JSON', () => {
  test('they are one document, with the messages as they were written', async () => {
    const { stdout, code } = await logs('--json', '--stage', 'child');
    const document = JSON.parse(stdout) as { readonly events: readonly Record<string, unknown>[] };
    expect(code).toBe(0);
    expect(document).toMatchObject({
      simulated: true,
      tenant: 'rain',
      executions: [arnOf('parent', 'second'), arnOf('child', 'second')],
      cut: ['events of the log group /aws/lambda/x of 1: the newest 1 of 2'],
    });
    expect(document.events).toHaveLength(4);
    expect(document.events[1]).toMatchObject({ accountName: 'rain-child-dev', stage: 'child' });
    expect(JSON.parse(String(document.events[1]?.['message']))).toMatchObject({ execution_arn: batchOf('second') });
    expect(document.events[2]).toMatchObject({
      ...{ logGroup: '/aws/lambda/crosswind-rain-child-count', message: 'second count\n  in two lines\n' },
    });
  });

  test('none is a document, too', async () => {
    const { stdout } = await logs('--json', '--filter', 'hail');
    expect(JSON.parse(stdout)).toMatchObject({ events: [] });
  });
});

describe('wrong input', () => {
  test.each<[string, readonly string[], string]>([
    [
      'another tenant',
      ['--tenant', 'snow'],
      '--tenant: the record is of the tenant rain, got snow; `npm start -- --tenant snow` writes one of it',
    ],
    [
      'an unknown stage',
      ['--stage', 'chid'],
      '--stage: expected one of parent, child, got chid (did you mean "child"?)',
    ],
    [
      'an unknown execution',
      ['--execution', 'third'],
      `--execution: expected last, all, or one of these, got third\n  ${arnOf('parent', 'first')}`,
    ],
    ['a name of two executions', ['--execution', 'first'], 'got first'],
    ['a time that is none', ['--since', 'noon'], '--since: expected'],
    ['a pattern that is none', ['--filter', '{ $.type'], '--filter: Invalid metric filter pattern'],
  ])('%s is exit code 1 with what to write', async (_, args, message) => {
    const { code, stdout, stderr } = await logs(...args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
  });

  test('no record says how to write one', async () => {
    const { code, stderr } = await crosswind('logs', '--out', temporaryDirectory());
    expect(code).toBe(1);
    expect(stderr).toContain('there is no record of a run; `npm start` writes one');
  });

  test('a record without an execution says how to write one', async () => {
    const { code, stderr } = await crosswind('logs', '--out', recordedIn({ ...recorded, executions: [] }));
    expect(code).toBe(1);
    expect(stderr).toContain('the record of the run has no execution; run `npm start` again');
  });
});

test('colors are for a terminal, and failures are red there', async () => {
  const [group] = recorded.logs;
  const [started, , failed] = group?.events ?? [];
  if (!group || !started || !failed) throw new Error('the record has no such lines');
  const colored = lineText(recorded, [group], pc.createColors(true));
  expect(colored({ group, event: failed })).toContain('\u001B[31msecond TaskFailed');
  expect(colored({ group, event: started })).not.toContain('\u001B[31m');
  expect((await logs()).stdout).not.toContain('\u001B');
});

test('a reader that closes the pipe ends it without a word', async () => {
  const events = Array.from({ length: 9_000 }, (_, n) => ({
    ...{ id: String(n).padStart(56, '0'), at: n, ingestedAt: n, stream: 's', message: 'm'.repeat(500) },
  }));
  const long = { ...recorded, cut: [], logs: [{ ...recorded.logs[3], events }] };
  const { child, finished } = spawnCrosswind({}, 'logs', '--out', recordedIn(long), '--execution', 'all');
  child.stdout.once('data', () => child.stdout.destroy());
  expect(await finished).toMatchObject({ code: 0, stderr: '' });
});
