import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from 'prettier';
import { describe, expect, test } from 'vitest';
import { cloneAt, discoverContracts } from '../../../blocks/discover-workloads.ts';
import { type NewWorkloadProps, newWorkload } from '../../../cli/tenant/new-workload.ts';
import { platformJsonSchema } from '../../../config/json-schema.ts';
import { parsePlatform } from '../../../config/parse.ts';
import { importsOf } from '../../architecture/imports.ts';
import { platformText } from '../../synthesized.ts';
import { clone as template } from '../../workloads.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const nobody = platformText.replace(/^waves:\n(?: .*\n)+/m, 'waves: []\n').replace(/^tenants:\n[^]*/m, 'tenants: []\n');

const platformIn = (directory: string): string => join(directory, 'platform.yaml');

/** A clone without workloads and tenants. */
function emptyClone(): string {
  const clone = temporaryDirectory();
  for (const folder of ['blocks', 'node_modules']) symlinkSync(join(template.root, folder), join(clone, folder));
  writeFileSync(platformIn(clone), nobody);
  return clone;
}

const make = (clone: string, name: string, change: Partial<NewWorkloadProps> = {}) =>
  newWorkload({
    clone: cloneAt(clone),
    name,
    path: platformIn(clone),
    dryRun: false,
    options: { newWave: false },
    ...change,
  });

const read = (clone: string, file: string): string => readFileSync(join(clone, file), 'utf8');
const filesIn = (clone: string): readonly string[] => readdirSync(clone).sort();
const scaffold = join(template.root, 'cli/scaffold');

const names = ['a', 'class', 'x-1-y-22-z-333-long-name-30-ch'];

describe('a new workload', () => {
  test('is a folder, a tenant and a schema that know each other', async () => {
    const clone = emptyClone();
    const { placement, files } = await make(clone, 'hello');
    expect(filesIn(clone)).toEqual(['blocks', 'node_modules', 'platform.schema.json', 'platform.yaml', 'services']);
    expect(readdirSync(join(clone, 'services'))).toEqual(['hello']);
    const contracts = await discoverContracts(cloneAt(clone));
    expect(parsePlatform(readFileSync(platformIn(clone), 'utf8'), contracts)).toMatchObject({
      ok: true,
      platform: {
        waves: [{ name: 'dev' }],
        tenants: [{ name: 'hello', workload: 'hello', owner: 'hello-team', entry: 'front' }],
      },
    });
    expect(read(clone, 'platform.schema.json')).toBe(platformJsonSchema(contracts));
    expect(Object.fromEntries(placement.accounts)).toEqual({ front: 'word-parent-dev', back: 'word-child-dev' });
    expect(files).toContain('services/hello/functions/count-words.entry.ts');
  });

  test.each(names)('may be called %s: its files are those that are linted here', async (name) => {
    expect(name.length).toBeLessThanOrEqual(30);
    const clone = emptyClone();
    const { files } = await make(clone, name);
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) {
      const text = read(clone, file);
      expect(text).toBe(readFileSync(join(scaffold, file.replace(`services/${name}/`, '')), 'utf8'));
      expect(await check(text, { filepath: file, printWidth: 120, singleQuote: true }), file).toBe(true);
    }
    expect(await check(readFileSync(platformIn(clone), 'utf8'), { filepath: 'platform.yaml', singleQuote: true })).toBe(
      true,
    );
    expect([...(await discoverContracts(cloneAt(clone))).keys()]).toEqual([name]);
  });

  test('imports what is there, seen from its folder', () => {
    const sources = readdirSync(scaffold, { recursive: true })
      .map(String)
      .filter((path) => path.endsWith('.ts'))
      .map((path) => ({ path: `services/hello/${path}`, text: readFileSync(join(scaffold, path), 'utf8') }));
    const imported = importsOf(sources).filter(({ isFile }) => isFile);
    const written = new Set(sources.map(({ path }) => path));
    const others = imported.map(({ to }) => to).filter((to) => !written.has(to));
    expect(others).toContain('blocks/workload.ts');
    expect(others).toContain('test/tried-workload.ts');
    expect(others.filter((to) => !/^(blocks|test)\//.test(to))).toEqual([]);
    for (const file of others) expect(() => readFileSync(join(template.root, file))).not.toThrow();
  });

  test('is added to those that are there, in alphabetical order as they are found', async () => {
    const clone = emptyClone();
    await make(clone, 'one');
    await make(clone, 'another');
    const contracts = await discoverContracts(cloneAt(clone));
    expect([...contracts.keys()]).toEqual(['another', 'one']);
    expect(read(clone, 'platform.schema.json')).toBe(platformJsonSchema(contracts));
    const accounts = [...readFileSync(platformIn(clone), 'utf8').matchAll(/(?:front|back): (.+)/g)].map(
      ([, name]) => name,
    );
    expect(accounts).toEqual(['word-parent-dev', 'word-child-dev', 'word-parent-dev', 'word-child-dev']);
  });

  test('runs in the accounts and in the wave that are named, for the owner that is named', async () => {
    const clone = emptyClone();
    const options = {
      newWave: false,
      wave: 'test',
      owner: 'us',
      accounts: 'back=word-parent-prod,front=word-child-dev',
    };
    await make(clone, 'hello', { options });
    expect(readFileSync(platformIn(clone), 'utf8')).toContain(
      'owner: us\n    waves:\n      test:\n        front: word-child-dev\n        back: word-parent-prod\n',
    );
  });

  test('writes nothing in a dry run', async () => {
    const clone = emptyClone();
    await make(clone, 'hello', { dryRun: true });
    expect(filesIn(clone)).toEqual(['blocks', 'node_modules', 'platform.yaml']);
    expect(readFileSync(platformIn(clone), 'utf8')).toBe(nobody);
  });
});

describe('a workload that cannot be written leaves nothing behind', () => {
  test('when the schema cannot be written', async () => {
    const clone = emptyClone();
    mkdirSync(join(clone, 'platform.schema.json'));
    await expect(make(clone, 'hello')).rejects.toThrow(/^nothing was changed, .*EISDIR/);
    expect(filesIn(clone)).toEqual(['blocks', 'node_modules', 'platform.schema.json', 'platform.yaml']);
    expect(readFileSync(platformIn(clone), 'utf8')).toBe(nobody);
  });

  test('when a file of its folder cannot be written', async () => {
    const clone = emptyClone();
    await make(clone, 'one');
    const before = readFileSync(platformIn(clone), 'utf8');
    await expect(make(clone, 'two', { path: join(clone, 'services/one/no.yaml') })).rejects.toThrow('cannot read');
    mkdirSync(join(clone, `services/.${process.pid}.tmp`, 'contract.ts'), { recursive: true });
    await expect(make(clone, 'two')).rejects.toThrow(/^nothing was changed, /);
    expect(readdirSync(join(clone, 'services'))).toEqual(['one']);
    expect(readFileSync(platformIn(clone), 'utf8')).toBe(before);
  });

  test('when accounts are missing, or the file has problems', async () => {
    const clone = emptyClone();
    const options = { newWave: false, accounts: 'front=nobody,back=word-child-dev' };
    await expect(make(clone, 'hello', { options })).rejects.toThrow('no account is called "nobody"');
    writeFileSync(platformIn(clone), nobody.replaceAll('organizationalUnit: Workloads', '$&\n    frozen: true'));
    await expect(make(clone, 'hello')).rejects.toThrow('found none for wave "dev"');
    expect(filesIn(clone)).toEqual(['blocks', 'node_modules', 'platform.yaml']);
  });
});
