import { isMap, isScalar, isSeq, parseDocument, type Document, type YAMLMap } from 'yaml';

/** Problems of a workflow besides its syntax, which actionlint checks: who may start it, and with which permissions. */
export function workflowProblems(text: string): readonly string[] {
  const document = parseDocument(text);
  const jobs = mapAt(document, 'jobs');
  return [
    ...triggers(document)
      .filter((trigger) => ['pull_request_target', 'workflow_run'].includes(trigger))
      .map((trigger) => `${trigger} runs with the rights of the base branch on what a stranger may have written`),
    ...tokenProblems(document.get('permissions'), 'the workflow', true),
    ...(jobs?.items ?? []).flatMap(({ key, value }) =>
      isMap(value) ? tokenProblems(value.get('permissions'), `job ${String(key)}`, false) : [],
    ),
    ...usedActions(text).flatMap(({ action, reference, version }) => {
      if (!/^[0-9a-f]{40}$/.test(reference)) return [`${action} is not pinned by commit: @${reference}`];
      return /^v\d+\.\d+\.\d+$/.test(version) ? [] : [`${action} does not say which version its commit is`];
    }),
    ...[...text.matchAll(/\bsecrets\.\w+/g)].map(([secret]) => `${secret} is used, and nothing here needs a secret`),
  ];
}

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

/** Anything but reading the contents; what a job does not say it takes from the workflow. */
function tokenProblems(permissions: unknown, where: string, required: boolean): readonly string[] {
  if (permissions === undefined) return required ? [`${where} does not say what its token may do`] : [];
  if (!isMap(permissions)) return [`${where} asks for ${JSON.stringify(permissions)}`];
  return permissions.items
    .map(({ key, value }) => `${String(key)}: ${String(value)}`)
    .filter((permission) => permission !== 'contents: read')
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

/** The shell commands of a workflow, one for each line that is run. */
export function commandsOf(text: string): readonly string[] {
  const { jobs = {} } = parseDocument(text).toJS() as {
    readonly jobs?: Readonly<Record<string, { readonly steps?: readonly { readonly run?: string }[] }>>;
  };
  return Object.values(jobs).flatMap(({ steps = [] }) =>
    steps.flatMap(({ run = '' }) => run.split('\n').filter((line) => line.trim() !== '')),
  );
}
