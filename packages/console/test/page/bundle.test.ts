import { describe, expect, test } from 'vitest';
import { bundleFile, bundleServed } from '../../src/page/bundle.ts';
import { codeIn, loadedWith, pageBytes } from '../measured-pages.ts';

const isOfServer = (module: string): boolean => /^src\/(app\/live|models\/patches)\//.test(module);

/** Folders of what all views have in common. */
const frame = ['actions', 'frame', 'live', 'palette', 'parts', 'state', 'style', 'table'];

const isOfView = (module: string): boolean => {
  const [, folder] = /^src\/app\/([\w-]+)\//.exec(module) ?? [];
  return folder !== undefined && !frame.includes(folder);
};

describe('programs of the page, compressed', () => {
  /** The first is the goal; the others are 2 % above what was measured. */
  test.each([
    ['file', 90_000],
    ['servedFirst', 47_200],
    ['servedAll', 120_700],
    ['style', 8_600],
  ] as const)('%s has at most %i bytes', async (which, most) => {
    const { [which]: bytes } = await pageBytes();
    expect(bytes).toBeGreaterThan(5_000);
    expect(bytes).toBeLessThanOrEqual(most);
  });
});

test('a file has nothing of what follows a server and acts on its sandbox; a served page has it', async () => {
  expect(codeIn(await bundleFile()).filter(isOfServer)).toEqual([]);
  expect(codeIn(await bundleServed()).filter(isOfServer)).toEqual(
    expect.arrayContaining([
      'src/app/live/follow.ts',
      'src/app/live/acting/use-action.ts',
      'src/models/patches/apply.ts',
    ]),
  );
});

describe('a served page', () => {
  test('loads no view before somebody wants it, and all of them are there', async () => {
    const bundle = await bundleServed();
    const first = codeIn(bundle, loadedWith(bundle, 'src/app/main-served.tsx'));
    expect(first).toContain('src/app/frame/page.tsx');
    expect(first.filter(isOfView)).toEqual([]);
    expect(codeIn(bundle)).toEqual(expect.arrayContaining(codeIn(await bundleFile()).filter(isOfView)));
  });

  test('has the sheets of all its views in one file of style', async () => {
    const sheets = ({ metafile }: Awaited<ReturnType<typeof bundleServed | typeof bundleFile>>) =>
      Object.keys(metafile.inputs)
        .filter((input) => input.endsWith('.css'))
        .sort();
    const [file, served] = [await bundleFile(), await bundleServed()];
    expect(sheets(file)).toEqual(sheets(served));
    expect(served.style).toBe(file.style);
    expect(served.style).toContain('.waterfall');
  });

  test('has files that are named after their code', async () => {
    const names = [...(await bundleServed()).scripts.keys()];
    expect(names).toContain('page.js');
    expect(names.filter((name) => !/^(page|[\w-]+-[0-9A-Z]{8})\.js$/.test(name))).toEqual([]);
  });
});
