/** Sub-views of a run, in the order of their links. */
export const runViews = ['waterfall', 'graph', 'history', 'batches', 'data'] as const;

export type RunView = (typeof runViews)[number];

/** A view that an address names; of a run, its execution in the parts of the ARN. */
export type View =
  | { readonly name: 'now' }
  | { readonly name: 'runs' }
  | {
      readonly name: 'run';
      readonly account: string;
      readonly machine: string;
      readonly execution: string;
      readonly view: RunView;
    }
  | { readonly name: 'unknown'; readonly path: string };

/** The part after `#` in the address of a page: the same for a served and for a static page. */
export interface Address {
  readonly view: View;
  /** Milliseconds since the epoch; absent for the newest time that is known. */
  readonly at?: number;
  /** Id of the event of the execution that is open. */
  readonly event?: string;
  /** Of a run, the state of the machine that is open; of the list of runs, the state that all of them are in. */
  readonly state?: string;
}

/** Reads what follows `#`; anything wrong in a parameter is as if it were absent. */
export function parseAddress(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  const at = Date.parse(parameters.get('at') ?? '');
  const text = (name: string): Record<string, string> => {
    const value = parameters.get(name);
    return value === null ? {} : { [name]: value };
  };
  return {
    view: viewOf(path),
    ...(Number.isNaN(at) ? {} : { at }),
    ...text('event'),
    ...text('state'),
  };
}

function viewOf(path: string): View {
  const parts = path.split('/').filter((part) => part !== '');
  const [first, account = '', machine = '', execution = '', view = 'waterfall', ...others] = parts.map(decoded);
  if (first === undefined) return { name: 'now' };
  if (first === 'runs' && parts.length === 1) return { name: 'runs' };
  const known = runViews.find((name) => name === view);
  if (first !== 'runs' || execution === '' || known === undefined || others.length > 0)
    return { name: 'unknown', path };
  return { name: 'run', account, machine, execution, view: known };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Writes an address, `#` included. */
export function addressText({ view, at, event, state }: Address): string {
  const query = new URLSearchParams({
    ...(at === undefined ? {} : { at: new Date(at).toISOString() }),
    ...(event === undefined ? {} : { event }),
    ...(state === undefined ? {} : { state }),
  }).toString();
  return `#${pathOf(view)}${query === '' ? '' : `?${query}`}`;
}

function pathOf(view: View): string {
  switch (view.name) {
    case 'now':
      return '/';
    case 'runs':
      return '/runs';
    case 'run':
      return ['/runs', ...[view.account, view.machine, view.execution, view.view].map(encodeURIComponent)].join('/');
    case 'unknown':
      return view.path;
  }
}

/** View of an execution; its ARN is `arn:PARTITION:states:REGION:ACCOUNT:execution:MACHINE:NAME`. */
export function runView(arn: string, view: RunView): View {
  const [, , , , account = '', , machine = '', execution = ''] = arn.split(':');
  return { name: 'run', account, machine, execution, view };
}

/** True if an ARN is of the execution that a view names. */
export function isOf(view: Extract<View, { name: 'run' }>, arn: string): boolean {
  const own = runView(arn, view.view);
  return (
    own.name === 'run' &&
    own.account === view.account &&
    own.machine === view.machine &&
    own.execution === view.execution
  );
}
