import { describe, expect, test } from 'vitest';
import { type Files, cloneOf, lines, manifest, newRepository, small, stateOf, upgrade } from './repositories.ts';

interface Result {
  readonly written: boolean;
  readonly conflicts: readonly { readonly path: string; readonly problem: string; readonly fix: string }[];
  readonly skipped: readonly { readonly path: string; readonly files: number; readonly reason: string }[];
}

const next = manifest('0.3.0', { scripts: { check: 'exit 0' }, dependencies: { zod: '4.0.0' } });

/** A clone of the small template, changed by its adopter, and the template with its next version. */
function clones(template: Files, yours: Files) {
  const origin = newRepository(small);
  const clone = cloneOf(origin);
  clone.commit(yours);
  origin.commit({ 'package.json': next, ...template });
  return { origin, clone };
}

const mode = (entry: string | undefined): string => (entry ?? 'none').slice(0, 6);

describe('an upgrade', () => {
  test.each<[sentence: string, template: Files, yours: Files, after: Files]>([
    [
      'brings changed, new and removed files of the template and of packages',
      { 'stages/stage.ts': lines('later'), 'stages/new.ts': 'new\n', 'packages/aws/prices.ts': null },
      {},
      { 'stages/stage.ts': lines('later'), 'stages/new.ts': 'new\n', 'packages/aws/prices.ts': null },
    ],
    [
      'brings a moved file, and takes your change along',
      { 'docs/guide.md': null, 'docs/manual/guide.md': lines('guide', { 0: 'theirs' }) },
      { 'docs/guide.md': lines('guide', { 11: 'yours' }) },
      { 'docs/guide.md': null, 'docs/manual/guide.md': lines('guide', { 0: 'theirs', 11: 'yours' }) },
    ],
    [
      'follows a template file that you moved',
      { 'docs/guide.md': lines('guide', { 0: 'theirs' }) },
      { 'docs/guide.md': null, 'handbook/guide.md': lines('guide') },
      { 'docs/guide.md': null, 'handbook/guide.md': lines('guide', { 0: 'theirs' }) },
    ],
    [
      'follows a whole folder that you moved',
      { 'docs/guide.md': lines('guide', { 0: 'theirs' }) },
      {
        'docs/guide.md': null,
        'docs/tool.sh': null,
        'handbook/guide.md': lines('guide'),
        'handbook/tool.sh': lines('tool'),
      },
      { 'docs/guide.md': null, 'handbook/guide.md': lines('guide', { 0: 'theirs' }) },
    ],
    [
      'merges changes of different lines',
      { 'stages/stage.ts': lines('stage', { 0: 'theirs' }) },
      { 'stages/stage.ts': lines('stage', { 11: 'yours' }) },
      { 'stages/stage.ts': lines('stage', { 0: 'theirs', 11: 'yours' }) },
    ],
    [
      'leaves platform.yaml, waivers and the list of own rules as they are, whatever the template does with them',
      { 'platform.yaml': 'theirs\n', 'policies/waivers.yaml': null, 'policies/own-rules.ts': 'theirs\n' },
      { 'platform.yaml': 'yours\n', 'policies/waivers.yaml': 'yours\n' },
      {
        'platform.yaml': 'yours\n',
        'policies/waivers.yaml': 'yours\n',
        'policies/own-rules.ts': 'export const ownRules = [];\n',
      },
    ],
    [
      'leaves workloads and rules of your own, and folders of your own',
      { 'policies/rules/index.ts': lines('later') },
      { 'services/hello/contract.ts': 'yours\n', 'policies/rules/mine.ts': 'yours\n', 'notes/a.md': 'yours\n' },
      {
        'services/hello/contract.ts': 'yours\n',
        'policies/rules/mine.ts': 'yours\n',
        'notes/a.md': 'yours\n',
        'policies/rules/index.ts': lines('later'),
      },
    ],
    [
      'leaves a file of yours where it is when the template moves the folder around it',
      {
        'docs/guide.md': null,
        'docs/tool.sh': null,
        'documents/guide.md': lines('guide'),
        'documents/tool.sh': lines('tool'),
      },
      { 'docs/mine.md': 'yours\n' },
      { 'docs/mine.md': 'yours\n', 'documents/mine.md': null, 'documents/guide.md': lines('guide') },
    ],
    [
      'keeps the schema of your workloads and takes the lock of the template',
      { 'platform.schema.json': 'theirs\n', 'package-lock.json': 'theirs\n' },
      { 'platform.schema.json': 'yours\n', 'package-lock.json': 'yours\n' },
      { 'platform.schema.json': 'yours\n', 'package-lock.json': 'theirs\n' },
    ],
    [
      'accepts a new file that both have with the same text',
      { 'docs/new.md': 'same\n' },
      { 'docs/new.md': 'same\n' },
      { 'docs/new.md': 'same\n' },
    ],
    [
      'puts a file in the place of a folder',
      { 'docs/guide.md': null, 'docs/tool.sh': null, docs: 'now a file\n' },
      {},
      { docs: 'now a file\n' },
    ],
    [
      'takes names with spaces, quotes and letters beyond ASCII',
      { 'docs/a "b" ü.md': 'theirs\n' },
      { 'notes/ö \t.md': 'yours\n' },
      { 'docs/a "b" ü.md': 'theirs\n', 'notes/ö \t.md': 'yours\n' },
    ],
  ])('%s', async (_, template, yours, after) => {
    const { origin, clone } = clones(template, yours);
    const finished = await upgrade(clone, '--from', origin.path);
    expect(finished).toMatchObject({ code: 0, stderr: '' });
    for (const [file, text] of Object.entries(after)) {
      if (text === null) expect(() => clone.read(file)).toThrow();
      else expect(clone.read(file)).toBe(text);
    }
    expect(clone.git('status', '--porcelain')).toBe('');
    expect(clone.git('symbolic-ref', '--short', 'HEAD')).toBe('upgrade/0.3.0');
    expect(clone.git('rev-parse', 'HEAD~')).toBe(clone.git('rev-parse', 'main'));
  });

  test('brings a file that becomes yours, such as the list of own rules, when the template has it first', async () => {
    const { 'policies/own-rules.ts': list, ...others } = small;
    const origin = newRepository(others);
    const clone = cloneOf(origin);
    origin.commit({ 'package.json': next, 'policies/own-rules.ts': list ?? null });
    expect((await upgrade(clone, '--from', origin.path)).code).toBe(0);
    expect(clone.read('policies/own-rules.ts')).toBe(list);
  });

  test('brings symbolic links and executable files as what they are', async () => {
    const { origin, clone } = clones({ 'docs/link.md': { link: 'guide.md' } }, {});
    origin.git('update-index', '--chmod=+x', 'docs/tool.sh');
    origin.git('commit', '--quiet', '--message', 'executable');
    expect(mode(clone.tree().get('docs/tool.sh'))).toBe('100644');
    expect((await upgrade(clone, '--from', origin.path)).code).toBe(0);
    expect(mode(clone.tree().get('docs/tool.sh'))).toBe('100755');
    expect(mode(clone.tree().get('docs/link.md'))).toBe('120000');
    expect(clone.read('docs/link.md')).toBe(lines('guide'));
  });

  test.each<[sentence: string, template: Files, yours: Files, conflicts: readonly [path: string, problem: string][]]>([
    [
      'a line that both changed',
      { 'stages/stage.ts': lines('stage', { 5: 'theirs' }), 'stages/new.ts': 'new\n' },
      { 'stages/stage.ts': lines('stage', { 5: 'yours' }) },
      [['stages/stage.ts', 'you and the template changed the same lines']],
    ],
    [
      'a file that the template removed and you changed',
      { 'packages/aws/prices.ts': null },
      { 'packages/aws/prices.ts': lines('price', { 5: 'yours' }) },
      [['packages/aws/prices.ts', 'you changed it, and the template removed or moved it']],
    ],
    [
      'a moved file of which both changed a line',
      { 'docs/guide.md': null, 'docs/manual.md': lines('guide', { 5: 'theirs' }) },
      { 'docs/guide.md': lines('guide', { 5: 'yours' }) },
      [['docs/manual.md', 'you and the template changed the same lines']],
    ],
    [
      'a new file that you have with another text',
      { 'services/hello/contract.ts': 'theirs\n' },
      { 'services/hello/contract.ts': 'yours\n' },
      [['services/hello/contract.ts', 'you and the template have a new file of this name']],
    ],
    [
      'a rule of yours whose name the template uses now',
      { 'policies/rules/mine.ts': 'theirs\n' },
      { 'policies/rules/mine.ts': 'yours\n' },
      [['policies/rules/mine.ts', 'you and the template have a new file of this name']],
    ],
    [
      'a symbolic link in the place of a file that you changed',
      { 'docs/guide.md': { link: 'tool.sh' } },
      { 'docs/guide.md': lines('guide', { 5: 'yours' }) },
      [['docs/guide.md', '']],
    ],
    [
      'an entry of package.json that both changed',
      { 'package.json': manifest('0.3.0', { scripts: { check: 'exit 0' }, dependencies: { zod: '4.2.0' } }) },
      { 'package.json': manifest('0.2.0', { scripts: { check: 'exit 0' }, dependencies: { zod: '4.1.0' } }) },
      [['package.json', `you and the template changed dependencies.zod: yours "4.1.0", the template's "4.2.0"`]],
    ],
  ])('lists %s as a conflict, with what to do, and changes nothing', async (_, template, yours, conflicts) => {
    const { origin, clone } = clones(template, yours);
    const before = stateOf(clone);
    const { code, stdout, stderr } = await upgrade(clone, '--from', origin.path, '--json');
    expect(code).toBe(1);
    const result = JSON.parse(stdout) as Result;
    expect(result.written).toBe(false);
    expect(result.conflicts.map(({ path }) => path)).toContain(conflicts[0]?.[0]);
    for (const [path, problem] of conflicts) {
      const found = result.conflicts.find((conflict) => conflict.path === path);
      expect(found?.problem).toContain(problem);
      expect(stderr).toContain(`  ${path}: ${found?.problem}; ${found?.fix}\n`);
    }
    expect(stderr).toContain('nothing was changed; with --with-conflicts the branch is created');
    expect(stateOf(clone)).toBe(before);
  });

  test.each<[sentence: string, template: Files, yours: Files, skipped: Result['skipped'], gone: readonly string[]]>([
    [
      'a file',
      { 'docs/guide.md': lines('later') },
      { 'docs/guide.md': null },
      [{ path: 'docs/guide.md', files: 1, reason: 'you deleted it' }],
      ['docs/guide.md'],
    ],
    [
      'the sample, with what the template changes and adds in it',
      {
        'services/sample/contract.ts': lines('later'),
        'services/sample/new.ts': 'new\n',
        'services/sample/deep/new.ts': 'new\n',
      },
      { 'services/sample': null, 'services/hello/contract.ts': 'yours\n' },
      [{ path: 'services/sample/', files: 3, reason: 'you deleted it' }],
      ['services/sample'],
    ],
    [
      'the sample, from which you made a workload of your own',
      { 'services/sample/contract.ts': lines('contract', { 0: 'theirs' }) },
      { 'services/sample': null, 'services/hello/contract.ts': lines('contract') },
      [{ path: 'services/sample/', files: 1, reason: 'you deleted it' }],
      ['services/sample'],
    ],
    ['a file that the template removes as well', { 'docs/guide.md': null }, { 'docs/guide.md': null }, [], ['docs']],
    ['generated files', { 'package-lock.json': 'theirs\n' }, { 'package-lock.json': null }, [], ['package-lock.json']],
    ['a file that stays as it was', {}, { 'docs/guide.md': null }, [], ['docs/guide.md']],
  ])('lets stay deleted what you deleted: %s', async (_, template, yours, skipped, gone) => {
    const { origin, clone } = clones(template, yours);
    const { code, stdout } = await upgrade(clone, '--from', origin.path, '--json');
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Result).skipped).toEqual(skipped);
    for (const file of gone.filter((each) => each !== 'docs')) expect(() => clone.read(file)).toThrow();
    if (yours['services/hello/contract.ts'] !== undefined) {
      expect(clone.read('services/hello/contract.ts')).toBe(yours['services/hello/contract.ts']);
    }
  });
});
