import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WrongInput } from '../../../cli/failure.ts';
import { noFacts } from '../../../cli/run-record/recorded-facts.ts';
import { readRunRecord } from '../../../cli/run-record/read-run-record.ts';
import { type RunRecord, runRecordName } from '../../../cli/run-record/run-record.ts';
import { stageOf } from '../../../cli/run-record/recorded-logs.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const empty: RunRecord = {
  version: 1,
  simulated: true,
  tenant: 'rain',
  wave: 'dev',
  fault: null,
  at: 1,
  accounts: [],
  stages: [],
  executions: [],
  denied: [],
  decisions: [],
  changes: [],
  alarms: [],
  logs: [],
  facts: noFacts,
  cut: [],
};

function directoryWith(text: string): string {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, runRecordName), text);
  return directory;
}

test('a record is read as it was written', async () => {
  expect(await readRunRecord(directoryWith(JSON.stringify(empty)))).toEqual(empty);
});

test.each<[string, string, string]>([
  ['of another version', JSON.stringify({ ...empty, version: 2 }), "expected version 1 of a run's record, got 2"],
  ['without a version', '{}', "expected version 1 of a run's record, got none"],
  ['that is no JSON', '{', 'the record of the run is broken'],
  ['that lacks a field', JSON.stringify({ ...empty, logs: undefined }), 'the record of the run is broken (logs'],
])('a record %s is wrong input, and says what to do', async (_, text, message) => {
  const reading = readRunRecord(directoryWith(text));
  await expect(reading).rejects.toThrow(WrongInput);
  await expect(reading).rejects.toThrow(message);
  await expect(reading).rejects.toThrow('npm start');
});

test('no record is wrong input, and says what to do', async () => {
  await expect(readRunRecord(temporaryDirectory())).rejects.toThrow(
    'there is no record of a run; `npm start` writes one',
  );
});

test.each([
  ['/aws/vendedlogs/states/crosswind-rain-child', '1', 'child'],
  ['crosswind-rain-child-AnalyzeLogs-1A2B', '1', 'child'],
  ['crosswind-rain-children', '1', null],
  ['crosswind-rain-child-AnalyzeLogs-1A2B', '2', null],
])('the log group %s of account %s belongs to the stage %s', (name, account, stage) => {
  expect(stageOf({ name, account }, 'rain', [{ name: 'child', account: '1' }])).toBe(stage);
});
