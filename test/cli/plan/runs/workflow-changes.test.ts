import { describe, expect, inject, test } from 'vitest';
import { workflowChanges } from '../../../../cli/plan/runs/workflow-changes.ts';
import { changedAssembly, editedAssembly, type Replacement, sideOf } from '../changed-assembly.ts';

const lower = (stack: string): Replacement => ({
  stack,
  from: '"MaxConcurrency":1000',
  to: '"MaxConcurrency":10',
});

const changesOf = (replacements: readonly Replacement[]) =>
  workflowChanges(sideOf(inject('assembly')), sideOf(changedAssembly(inject('assembly'), replacements)));

const lowered = {
  kind: 'changed',
  path: ['Count texts'],
  type: 'Map',
  fields: [{ path: 'MaxConcurrency', before: 1_000, after: 10 }],
};

describe('workflows of two assemblies', () => {
  test('are no change where nothing changes', () => {
    expect(changesOf([])).toEqual([]);
  });

  test('are one change where they change in the same way in every wave', () => {
    expect(changesOf([lower('word-count/Child')])).toMatchObject([
      {
        kind: 'changed',
        places: [
          {
            name: 'crosswind-word-count-child',
            account: '444444444444',
            tenant: { tenant: 'word-count', wave: 'dev' },
          },
          {
            name: 'crosswind-word-count-child',
            account: '666666666666',
            tenant: { tenant: 'word-count', wave: 'prod' },
          },
        ],
        fields: [],
        states: [lowered],
      },
    ]);
  });

  test('are two changes where another value changes, too', () => {
    const tolerant = {
      stack: 'prod-word-count/Child',
      from: '"ToleratedFailurePercentage":5',
      to: '"ToleratedFailurePercentage":50',
    };
    const changes = changesOf([lower('word-count/Child'), tolerant]);
    expect(changes.map(({ places, states }) => [places.length, states[0]?.fields.length])).toEqual([
      [1, 1],
      [1, 2],
    ]);
  });

  test('tell what changes of a workflow itself', () => {
    const changes = changesOf([
      { stack: 'dev-word-count/Parent', from: '"TimeoutSeconds":5400', to: '"TimeoutSeconds":60' },
      { stack: 'dev-word-count/Parent', from: '"Is the input valid?"', to: '"Valid?"' },
    ]);
    expect(changes).toMatchObject([
      {
        fields: [{ path: 'TimeoutSeconds', before: 5_400, after: 60 }],
        states: [{ kind: 'renamed', path: ['Valid?'], formerName: 'Is the input valid?', fields: [] }],
      },
    ]);
  });

  test('are added and removed with their stacks, by name', () => {
    const less = editedAssembly(inject('assembly'), (template, path) =>
      path.endsWith('word-count/Child')
        ? {
            ...template,
            Resources: Object.fromEntries(
              Object.entries(template.Resources).filter(([id]) => !id.startsWith('YearsWorkflow')),
            ),
          }
        : template,
    );
    const [whole, part] = [sideOf(inject('assembly')), sideOf(less)];
    const inWords = (changes: ReturnType<typeof workflowChanges>) =>
      changes.map(({ kind, places, states }) => [kind, places.map(({ account }) => account), states.length]);
    // The years of both waves differ, so that they are two workflows.
    const accounts = [['444444444444'], ['666666666666']];
    expect(inWords(workflowChanges(whole, part))).toEqual(accounts.map((places) => ['removed', places, 0]));
    expect(inWords(workflowChanges(part, whole))).toEqual(accounts.map((places) => ['added', places, 0]));
  });

  test('have the reason in place of a definition that cannot be read', () => {
    const broken = changesOf([{ stack: 'dev-word-count/Parent', from: '{"StartAt":"Is the', to: '{StartAt":"Is the' }]);
    expect(broken).toMatchObject([{ kind: 'changed', places: [{ account: '333333333333' }] }]);
    const definition = broken[0]?.fields.find(({ path }) => path === 'Definition');
    expect(definition?.after).toMatch(/is no JSON/);
  });
});
