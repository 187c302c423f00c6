/** Sub-views of a run, in the order of their links. */
export const runViews = ['waterfall', 'graph', 'history', 'batches', 'data'] as const;

export type RunView = (typeof runViews)[number];

/** Views that are a list in which one item may be open; the word is the first part of their address. */
export const listViews = [
  'organization',
  'dashboards',
  'alarms',
  'permissions',
  'result',
  'gamedays',
  'import',
] as const;

export type ListView = (typeof listViews)[number];

/** A view that an address names; of a run, its execution in the parts of the ARN. */
export type View =
  | { readonly name: 'now' }
  | { readonly name: 'runs' }
  | {
      readonly name: ListView;
      /**
       * Name of the item that is open, in the terms of its view.
       *
       * @default - none is open
       */
      readonly item?: string;
    }
  | {
      readonly name: 'run';
      readonly account: string;
      readonly machine: string;
      readonly execution: string;
      readonly view: RunView;
      /**
       * Digest of the import that has the execution.
       *
       * @default - it is one of the page's own
       */
      readonly imported?: string;
      /**
       * Label of the Map Run that is shown alone, only of the view `batches`.
       *
       * @default - all Map Runs
       */
      readonly mapRun?: string;
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
  /** The part of virtual time that a view shows, in milliseconds since the epoch; absent for all of it. */
  readonly from?: number;
  readonly to?: number;
  /** Property that the rows of a list have in common, in the terms of its view. */
  readonly filter?: string;
}

const times = ['at', 'from', 'to'] as const;
const texts = ['event', 'state', 'filter'] as const;

/** Reads what follows `#`; anything wrong in a parameter is as if it were absent. */
export function parseAddress(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  return {
    view: viewOf(path),
    ...defined(times, (name) => {
      const time = Date.parse(parameters.get(name) ?? '');
      return Number.isNaN(time) ? undefined : time;
    }),
    ...defined(texts, (name) => parameters.get(name) ?? undefined),
  };
}

/** The names that have a value. */
function defined<Name extends string, Value>(
  names: readonly Name[],
  valueOf: (name: Name) => Value | undefined,
): Partial<Record<Name, Value>> {
  const entries = names.flatMap((name) => {
    const value = valueOf(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries) as Partial<Record<Name, Value>>;
}

function viewOf(path: string): View {
  const parts = path.split('/').filter((part) => part !== '');
  const [, digest] = parts;
  if (parts[0] === 'import' && digest !== undefined && parts.length > 2) {
    const view = viewOf(['runs', ...parts.slice(2)].join('/'));
    return view.name === 'run' ? { ...view, imported: decoded(digest) } : { name: 'unknown', path };
  }
  const [first, account = '', machine = '', execution = '', view = 'waterfall', ...others] = parts.map(decoded);
  if (first === undefined) return { name: 'now' };
  if (first === 'runs' && parts.length === 1) return { name: 'runs' };
  const list = listViews.find((name) => name === first);
  if (list !== undefined && parts.length === 1) return { name: list };
  if (list !== undefined && parts.length === 2 && account !== '') return { name: list, item: account };
  const known = runViews.find((name) => name === view);
  if (first !== 'runs' || execution === '' || known === undefined) return { name: 'unknown', path };
  const [mapRun, ...more] = others;
  if (more.length > 0 || (mapRun !== undefined && known !== 'batches')) return { name: 'unknown', path };
  return { name: 'run', account, machine, execution, view: known, ...(mapRun !== undefined && { mapRun }) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Writes an address, `#` included. */
export function addressText(address: Address): string {
  const query = new URLSearchParams({
    ...defined(times, (name) => {
      const time = address[name];
      return time === undefined ? undefined : new Date(time).toISOString();
    }),
    ...defined(texts, (name) => address[name]),
  }).toString();
  return `#${pathOf(address.view)}${query === '' ? '' : `?${query}`}`;
}

function pathOf(view: View): string {
  switch (view.name) {
    case 'now':
      return '/';
    case 'runs':
      return '/runs';
    case 'run':
      return [
        view.imported === undefined ? '/runs' : `/import/${encodeURIComponent(view.imported)}`,
        ...[
          view.account,
          view.machine,
          view.execution,
          view.view,
          ...(view.mapRun === undefined ? [] : [view.mapRun]),
        ].map(encodeURIComponent),
      ].join('/');
    case 'unknown':
      return view.path;
    case 'organization':
    case 'dashboards':
    case 'alarms':
    case 'permissions':
    case 'result':
    case 'gamedays':
    case 'import':
      return view.item === undefined ? `/${view.name}` : `/${view.name}/${encodeURIComponent(view.item)}`;
  }
}

/** The address without what is open in its view: first the row of a list, then its item. */
export function withoutDetail({ view, event, state, ...others }: Address): Address {
  if (view.name === 'run') return { view, ...others };
  const kept = { ...others, ...(state !== undefined && { state }) };
  const hasItem = 'item' in view && view.item !== undefined && event === undefined;
  return { ...kept, view: hasItem ? { name: view.name } : view };
}

/** True if something is open in the view of an address, other than the whole of it. */
export const hasDetail = ({ view, event, state }: Address): boolean =>
  event !== undefined || (view.name === 'run' ? state !== undefined : 'item' in view && view.item !== undefined);

/**
 * View of an execution; its ARN is `arn:PARTITION:states:REGION:ACCOUNT:execution:MACHINE:NAME`.
 * @param mapRun label of the only Map Run, of the view `batches`
 */
export function runView(arn: string, view: RunView, mapRun?: string): View {
  const [, , , , account = '', , machine = '', execution = ''] = arn.split(':');
  return { name: 'run', account, machine, execution, view, ...(mapRun !== undefined && { mapRun }) };
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
