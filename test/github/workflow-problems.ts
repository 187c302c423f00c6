import { isMap, isScalar, isSeq, parseDocument, type Document, type YAMLMap } from 'yaml';

/** Rights of a workflow beyond reading the repository. */
interface Rights {
  /** True if it runs with the rights of the base branch, after a run of a pull request: it runs only scripts of its own. */
  readonly afterPullRequest?: boolean;
  /**
   * Permissions of its token by job, as `scope: access`.
   *
   * @default - those of the workflow, which are `contents: read`
   */
  readonly jobs?: Readonly<Record<string, readonly string[]>>;
}

/** Rights of the workflows. One that is not here reads the repository. */
export const allowed: Readonly<Record<string, Rights>> = {
  'plan-comment.yml': {
    afterPullRequest: true,
    jobs: { comment: ['actions: read', 'contents: read', 'pull-requests: write'] },
  },
};

/** Problems of a workflow besides its syntax, which actionlint checks: who may start it, with which permissions, and what it runs. */
export function workflowProblems(file: string, text: string): readonly string[] {
  const document = parseDocument(text);
  const { afterPullRequest = false, jobs: jobRights = {} } = allowed[file] ?? {};
  const jobs = mapAt(document, 'jobs')?.items ?? [];
  const started = triggers(document);
  return [
    ...started
      .filter((trigger) => trigger === 'pull_request_target' || (trigger === 'workflow_run' && !afterPullRequest))
      .map((trigger) => `${trigger} runs with the rights of the base branch on what a stranger may have written`),
    ...(started.some((trigger) => withRights.includes(trigger)) ? strangersCode(text) : []),
    ...tokenProblems(document.get('permissions'), 'the workflow', ['contents: read']),
    ...jobs.flatMap(({ key, value }) =>
      isMap(value) && value.has('permissions')
        ? tokenProblems(value.get('permissions'), `job ${String(key)}`, jobRights[String(key)] ?? ['contents: read'])
        : [],
    ),
    ...usedActions(text).flatMap(({ action, reference, version }) => {
      if (!/^[0-9a-f]{40}$/.test(reference)) return [`${action} is not pinned by commit: @${reference}`];
      return /^v\d+\.\d+\.\d+$/.test(version) ? [] : [`${action} does not say which version its commit is`];
    }),
    ...usesOf(text)
      .filter((used) => !used.startsWith('./') && !/@[0-9a-f]{40}$/.test(used))
      .filter((used) => !usedActions(text).some(({ action, reference }) => used === `${action}@${reference}`))
      .map((used) => `${used} is not pinned by commit`),
    ...stepsOf(text).flatMap(({ run = '', with: { script = '' } = {} }) =>
      [...`${run}\n${String(script)}`.matchAll(/\$\{\{.*?\}\}/gs)].map(
        ([expression]) => `${expression} becomes part of a script: hand it over as an environment variable`,
      ),
    ),
    ...[...text.matchAll(/\bsecrets(?:\.|\[)\S+|\(\s*secrets\s*\)|^\s*secrets:.*/gm)].map(
      ([secret]) => `${secret} is used, and nothing here needs a secret`,
    ),
  ];
}

/** Triggers whose run has the rights of the base branch although a stranger may have caused it. */
const withRights = ['pull_request_target', 'workflow_run'];

/** Steps that could run code of the pull request. */
const strangersCode = (text: string): readonly string[] =>
  stepsOf(text).flatMap(({ uses = '', with: given = {}, run = '' }) => [
    ...['ref', 'repository']
      .filter((input) => uses.startsWith('actions/checkout@') && input in given)
      .map((input) => `checks out ${input} ${String(given[input])}, which the pull request may decide`),
    ...linesOf(run)
      .filter((line) => !/^node \.github\/scripts\/[\w-]+\.mjs$/.test(line))
      .map((line) => `runs \`${line}\` with the rights of the base branch`),
  ]);

const mapAt = (document: Document, key: string): YAMLMap | undefined => {
  const value = document.get(key);
  return isMap(value) ? value : undefined;
};

function triggers(document: Document): readonly string[] {
  const on = document.get('on', true);
  if (isScalar(on)) return [String(on.value)];
  if (isSeq(on)) return on.items.map(String);
  return isMap(on) ? on.items.map(({ key }) => String(key)) : [];
}

/** Permissions beyond those that are granted. A job without permissions takes those of the workflow. */
function tokenProblems(permissions: unknown, where: string, granted: readonly string[]): readonly string[] {
  if (permissions === undefined) return [`${where} does not say what its token may do`];
  if (!isMap(permissions)) return [`${where} asks for ${JSON.stringify(permissions)}`];
  return permissions.items
    .map(({ key, value }) => `${String(key)}: ${String(value)}`)
    .filter((permission) => !granted.includes(permission))
    .map((permission) => `${where} asks for ${permission}`);
}

interface UsedAction {
  readonly action: string;
  readonly reference: string;
  /** The comment behind it. */
  readonly version: string;
}

/** Every action that is used, actions of the repository itself excepted. */
export const usedActions = (text: string): readonly UsedAction[] =>
  [...text.matchAll(/^[\s-]*(?:["']?)uses["']?:\s*["']?([^\s"'#]+)["']?(?:\s+#\s*(.*))?$/gm)]
    .map(([, used = '', version = '']) => ({ used, version: version.trim() }))
    .filter(({ used }) => !used.startsWith('./'))
    .map(({ used, version }) => {
      const [action = '', reference = ''] = used.split('@');
      return { action, reference, version };
    });

/** The value of every `uses`, of steps and of jobs, however it is written. */
function usesOf(text: string): readonly string[] {
  const { jobs = {} } = parseDocument(text).toJS() as {
    readonly jobs?: Readonly<Record<string, { readonly uses?: string }>>;
  };
  return [...Object.values(jobs), ...stepsOf(text)].flatMap(({ uses }) => uses ?? []);
}

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
}

/** The steps of all jobs of a workflow, or of one job. */
export function stepsOf(text: string, job?: string): readonly Step[] {
  const { jobs = {} } = parseDocument(text).toJS() as {
    readonly jobs?: Readonly<Record<string, { readonly steps?: readonly Step[] }>>;
  };
  return Object.entries(jobs).flatMap(([name, { steps = [] }]) => (job === undefined || name === job ? steps : []));
}

const linesOf = (run: string): readonly string[] => run.split('\n').filter((line) => line.trim() !== '');

/** The shell commands of a workflow, or of one of its jobs: one for each line that is run. */
export const commandsOf = (text: string, job?: string): readonly string[] =>
  stepsOf(text, job).flatMap(({ run = '' }) => linesOf(run));
