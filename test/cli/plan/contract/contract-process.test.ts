import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, test } from 'vitest';
import type { Clone } from '../../../../blocks/discover-workloads.ts';
import { askProcess } from '../../../../cli/plan/contract/ask-process.ts';
import { contractChanges } from '../../../../cli/plan/contract/contract-changes.ts';
import type { ContractCheck } from '../../../../cli/plan/runs/run-data.ts';
import { temporaryDirectory } from '../../../temporary-directory.ts';
import { clone } from '../../../workloads.ts';
import { changedAssembly, type Replacement, sideOf } from '../changed-assembly.ts';
import { listening, ownTemporaryFiles, silent } from '../interrupted.ts';
import { onChild, onlyCheck, onParent, renamed } from './meeting.ts';

const { left } = ownTemporaryFiles();

test('a sample that takes too long is ended, and missing with the reason', async () => {
  const directory = inject('assembly');
  const side = { directory, clone };
  const asked = {
    tenant: 'word-count',
    wave: 'dev',
    workload: 'word-count',
    changed: ['child'],
    before: side,
    after: side,
  };
  const result = await askProcess(asked, { signal: new AbortController().signal, onRun: () => undefined, limit: 100 });
  expect(result).toEqual({ missing: 'the sample took longer than 0.1 s in all mixes of its stages' });
  expect(left()).toEqual([]);
});

describe('an old entry', () => {
  /** A version of the clone whose sample has another input. */
  function olderClone(): Clone {
    const root = join(temporaryDirectory(), 'clone');
    const services = join(root, clone.services);
    for (const name of ['blocks', 'config', 'packages', 'node_modules', 'package.json']) {
      mkdirSync(root, { recursive: true });
      symlinkSync(join(clone.root, name), join(root, name));
    }
    cpSync(join(clone.root, clone.services), services, { recursive: true });
    const sample = join(services, 'word-count/sample.ts');
    writeFileSync(sample, readFileSync(sample, 'utf8').replace('{ prefix:', '{ begin:'));
    return { root, services: clone.services };
  }

  const strict = (name: string): Replacement =>
    onParent(`$not($exists($states.input.${name})) or`, `$exists($states.input.${name}) and`);
  const passed = '"Input":{"prefix":';
  const before = [onParent('states.input.prefix', 'states.input.begin'), strict('begin')];
  const after = [
    strict('prefix'),
    onParent(passed, passed.replace('prefix', 'start')),
    onChild('"Prefix":"{% $states.input.prefix %}"', '"Prefix":"{% $states.input.start %}"'),
  ];

  const meetingOf = async (own: Clone | undefined): Promise<ContractCheck> => {
    const base = sideOf(changedAssembly(inject('assembly'), before));
    const props = { clone, terminal: silent, signal: new AbortController().signal };
    const changed = sideOf(changedAssembly(inject('assembly'), after));
    return onlyCheck((await contractChanges({ ...base, clone: own }, changed, props)).checks);
  };
  const breaks = [
    { mix: { during: 'deploying' }, what: 'status', stage: 'child', old: 'SUCCEEDED', missed: { path: '$.start' } },
    { mix: { during: 'rolling back' }, what: 'status', stage: 'child', old: 'SUCCEEDED', missed: { path: '$.prefix' } },
  ];

  test('gets the sample of its own version, where the clone of that is known', async () => {
    const check = await meetingOf(olderClone());
    expect(check).toMatchObject({ withNewSample: false, differences: breaks });
    expect(check.entryStatus).toEqual({ old: 'SUCCEEDED', new: 'SUCCEEDED' });
  });

  test('gets the sample of the new version otherwise, and may fail with it', async () => {
    const check = await meetingOf(undefined);
    expect(check.withNewSample).toBe(true);
    expect(check.differences.map(({ mix, what }) => [mix.during, what])).toEqual([['rolling back', 'status']]);
    expect(check.entryStatus).toEqual({ old: 'FAILED', new: 'SUCCEEDED' });
  });
});

describe('an interrupted command', () => {
  test('ends its process, which leaves no file', async () => {
    const controller = new AbortController();
    const runs: string[] = [];
    const terminal = listening((line) => {
      runs.push(line);
      setTimeout(() => {
        controller.abort();
      }, 500);
    });
    const [before, after] = [sideOf(inject('assembly')), sideOf(changedAssembly(inject('assembly'), [renamed]))];
    const changes = contractChanges(before, after, { clone, terminal, signal: controller.signal });
    await expect(changes).rejects.toThrow(/aborted/);
    expect(runs[0]).toBe('running the sample of word-count in dev: old child, new parent');
    expect(left()).toEqual([]);
  });

  test('ends before it starts a process', async () => {
    const [before, after] = [sideOf(inject('assembly')), sideOf(changedAssembly(inject('assembly'), [renamed]))];
    const changes = contractChanges(before, after, { clone, terminal: silent, signal: AbortSignal.abort() });
    await expect(changes).rejects.toThrow(/aborted/);
  });
});

afterAll(() => {
  expect(left()).toEqual([]);
});
