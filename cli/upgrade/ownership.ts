/** Owner of a file of the clone. */
export type Owner = 'you' | 'template' | 'packages' | 'both' | 'generated';

export interface Share {
  readonly owner: Owner;
  /** Paths from the root; a folder ends with a slash. `<yours>` is a name that the template does not use. */
  readonly files: readonly string[];
  /** Treatment in an upgrade, as the table in the documents says it. */
  readonly upgrade: string;
}

/** The owner of every file, the first match first. README, CONTRIBUTING and docs/upgrading.md show it as a table. */
export const shares: readonly Share[] = [
  {
    owner: 'you',
    files: ['platform.yaml', 'policies/waivers.yaml', 'policies/own-rules.ts'],
    upgrade: 'stays as it is',
  },
  {
    owner: 'you',
    files: ['services/<yours>/', 'policies/rules/<yours>.ts', 'test/policies/rules/<yours>.test.ts'],
    upgrade: 'stays as it is',
  },
  { owner: 'both', files: ['package.json'], upgrade: 'merged entry by entry' },
  {
    owner: 'generated',
    files: ['package-lock.json', 'platform.schema.json'],
    upgrade: 'written again by `npm ci` or `npm install`, and by `npm run schema`',
  },
  { owner: 'generated', files: ['out/', 'cdk.out/'], upgrade: 'not in git, not touched' },
  { owner: 'packages', files: ['packages/'], upgrade: 'merged; a file that you edited may conflict' },
  {
    owner: 'template',
    files: ['everything else, workloads that came with it too'],
    upgrade: 'merged; a file that you edited may conflict, and what you deleted stays deleted',
  },
];

/** The owner of a path. `isOfTemplate` is true for a file that the template has or had. */
export function ownerOf(path: string, isOfTemplate: boolean): Owner {
  const share = shares.find(({ files }) => files.some((pattern) => matches(pattern, path, isOfTemplate)));
  return share?.owner ?? 'template';
}

function matches(pattern: string, path: string, isOfTemplate: boolean): boolean {
  const [before = '', after] = pattern.split('<yours>');
  if (after === undefined) return pattern.endsWith('/') ? path.startsWith(pattern) : path === pattern;
  if (isOfTemplate || !path.startsWith(before)) return false;
  const [name = '', ...rest] = path.slice(before.length).split('/');
  return after === '/' ? rest.length > 0 : rest.length === 0 && name.endsWith(after);
}
