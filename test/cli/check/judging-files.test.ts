import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  statSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { cloneAt } from '../../../blocks/discover-workloads.ts';
import { changedJudges, judgingFiles } from '../../../cli/check/judging-files.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const files = [
  ...[
    'policies/rules/one.ts',
    'config/parse.ts',
    'cli/main.ts',
    'packages/iam/src/one.ts',
    'packages/iam/data/one.json',
  ],
  ...[
    'pipeline/app.ts',
    'blocks/one.ts',
    'stages/one.ts',
    'onboarding/one.ts',
    'policies/waivers.yaml',
    'platform.yaml',
  ],
  ...[
    'package.json',
    'package-lock.json',
    'cdk.json',
    'services/orders/waivers.yaml',
    'services/orders/runbooks/one.md',
  ],
  ...[
    'docs/runbooks/one.md',
    'node_modules/tsx/index.js',
    'node_modules/@scope/one/deep/index.js',
    'node_modules/.bin/tsx',
  ],
];
const free = ['services/orders/workload.ts', 'cdk.out/manifest.json', 'node_modules/.cache/one.js', 'README.md'];

function newClone(): string {
  const root = temporaryDirectory();
  for (const file of [...files, ...free]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), 'one');
  }
  return root;
}

const changedBy = (change: (root: string) => void) => {
  const root = newClone();
  const before = judgingFiles(cloneAt(root));
  change(root);
  return changedJudges(before, judgingFiles(cloneAt(root)), 'this clone').map(({ id, message }) => [id, message]);
};
const finding = (names: string) => [
  ['POLICY-3', `Files that judge changed while the synthesis ran, in this clone: ${names}`],
];

test.each(files)('%s judges: a change of it is found', (file) => {
  expect(
    changedBy((root) => {
      writeFileSync(join(root, file), 'two');
    }),
  ).toEqual(finding(file));
});

test.each(free)('%s does not judge', (file) => {
  expect(
    changedBy((root) => {
      writeFileSync(join(root, file), 'two');
    }),
  ).toEqual([]);
});

test.each<[string, (root: string) => void, string]>([
  [
    'a new file',
    (root) => {
      writeFileSync(join(root, 'policies/rules/two.ts'), '');
    },
    'policies/rules/two.ts',
  ],
  [
    'a file that is gone',
    (root) => {
      rmSync(join(root, 'policies/rules/one.ts'));
    },
    'policies/rules/one.ts',
  ],
  [
    'a file of a package of the same size and date',
    (root) => {
      const path = join(root, 'node_modules/tsx/index.js');
      const { atime, mtime } = statSync(path);
      writeFileSync(path, 'two');
      utimesSync(path, atime, mtime);
    },
    'node_modules/tsx/index.js',
  ],
  [
    'a link in the place of a file',
    (root) => {
      rmSync(join(root, 'node_modules/tsx/index.js'));
      symlinkSync('/dev/null', join(root, 'node_modules/tsx/index.js'));
    },
    'node_modules/tsx/index.js',
  ],
  [
    'a file of a package that may run',
    (root) => {
      chmodSync(join(root, 'node_modules/.bin/tsx'), 0o755);
    },
    'node_modules/.bin/tsx',
  ],
])('%s is found', (_, change, name) => {
  expect(changedBy(change)).toEqual(finding(name));
});

test('nothing is found where nothing changes', () => {
  expect(changedBy(() => undefined)).toEqual([]);
});

test.each(['policies/rules/one.ts', 'node_modules/tsx/index.js'])(
  '%s that is saved again, linked or dated anew is no change',
  (file) => {
    const untouched: readonly ((path: string) => void)[] = [
      (path) => {
        writeFileSync(path, readFileSync(path));
      },
      // As a copy of the clone with hard links does.
      (path) => {
        linkSync(path, join(temporaryDirectory(), 'link'));
      },
      (path) => {
        utimesSync(path, 1, 1);
      },
    ];
    for (const touch of untouched) {
      expect(
        changedBy((root) => {
          touch(join(root, file));
        }),
      ).toEqual([]);
    }
  },
);

test('many files are counted', () => {
  const [[, message] = []] = changedBy((root) => {
    rmSync(join(root, 'policies'), { recursive: true });
  });
  expect(message).toContain('policies/rules/one.ts, policies/waivers.yaml');
  const [[, all] = []] = changedBy((root) => {
    rmSync(join(root, 'node_modules/tsx'), { recursive: true });
  });
  expect(all).toMatch(/: node_modules\/tsx\/index\.js$/);
});
