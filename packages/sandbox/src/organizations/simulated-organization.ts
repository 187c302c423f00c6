/** An AWS organization as the sandbox serves it. */
export interface SimulatedOrganization {
  readonly id: string;
  readonly managementAccount: string;
  readonly accounts: readonly SimulatedAccount[];
}

export interface SimulatedAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Path of its unit below the root, `Workloads/Dev`; empty for the root itself. */
  readonly unit: string;
  /** @default 'ACTIVE' */
  readonly state?: 'PENDING_ACTIVATION' | 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'CLOSED';
}

/** A unit of the tree, or its root, with what is directly below it. */
export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly units: readonly Unit[];
  readonly accounts: readonly SimulatedAccount[];
}

/** The root and the units that the accounts' paths name, with ids in the form that AWS gives. */
export function unitTree({ accounts }: SimulatedOrganization): Unit {
  const paths = new Set(accounts.flatMap(({ unit }) => ancestors(unit)));
  const ids = new Map([...paths].map((path, index) => [path, `ou-sim1-${String(index).padStart(8, '0')}`]));
  const unitAt = (path: string): Unit => ({
    id: path === '' ? 'r-sim1' : (ids.get(path) ?? ''),
    name: path === '' ? 'Root' : path.slice(path.lastIndexOf('/') + 1),
    units: [...paths].filter((candidate) => parentOf(candidate) === path).map(unitAt),
    accounts: accounts.filter(({ unit }) => unit === path),
  });
  return unitAt('');
}

/** `a/b/c` -> `a`, `a/b`, `a/b/c`. */
const ancestors = (path: string): readonly string[] => {
  const names = path === '' ? [] : path.split('/');
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
};

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** The unit with that id, wherever it is below `unit`. */
export function unitWithId(unit: Unit, id: string): Unit | undefined {
  if (unit.id === id) return unit;
  for (const below of unit.units) {
    const found = unitWithId(below, id);
    if (found) return found;
  }
  return undefined;
}

/** Accounts in a unit and in the units below it. */
export const accountsUnder = ({ accounts, units }: Unit): readonly SimulatedAccount[] => [
  ...accounts,
  ...units.flatMap(accountsUnder),
];
