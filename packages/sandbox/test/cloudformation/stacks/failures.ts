/** Version of a resource as its service has it. */
export type Version = 'one' | 'two' | 'gone';

type Verb = 'create' | 'update' | 'delete';

/** A request of the person who deploys. */
export interface Step {
  readonly asks:
    | 'create'
    | 'create, without it'
    | 'update'
    | 'remove'
    | 'delete'
    | 'delete, retaining'
    | 'continue'
    | 'continue, skipping';
  /**
   * Verbs of the subject that are denied from a status of the stack on; `start` is before the request.
   *
   * @default - nothing
   */
  readonly denied?: Readonly<Record<string, readonly Verb[]>>;
  /**
   * True if the name of the resource that depends on the subject is taken.
   *
   * @default false
   */
  readonly clashes?: boolean;
  /** Status of the stack at the end. */
  readonly status: string;
  /** Statuses of the resources at the end. */
  readonly resources: Readonly<Record<string, string>>;
  readonly before: Version;
  readonly subject: Version;
  /**
   * Events in their order, without the stack's own name.
   *
   * @default - they are not compared
   */
  readonly events?: readonly string[];
}

/** A failure, and how the stack goes on from there. */
export interface Failure {
  readonly steps: readonly Step[];
  /** AWS's pages for states, events and leftovers. */
  readonly sources: readonly string[];
}

const guide = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';
const api = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference';
const statusCodes = `${guide}/view-stack-events.html`;
const troubleshooting = `${guide}/troubleshooting.html`;
const creating = `${guide}/stack-resource-configuration-complete.html`;
const continuing = `${guide}/using-cfn-updating-stacks-continueupdaterollback.html`;
const updating = `${guide}/using-cfn-updating-stacks-update-behaviors.html`;
const deleting = `${guide}/cfn-console-delete-stack.html`;
const createStack = `${api}/API_CreateStack.html`;
const deleteStack = `${api}/API_DeleteStack.html`;
const continueRollback = `${api}/API_ContinueUpdateRollback.html`;
const cleanupStuck = 'https://repost.aws/knowledge-center/cloudformation-stack-cleanup-stuck';
/** The role could not change a function, nor change it back. */
const deniedTwice = 'https://github.com/data-dot-all/dataall/issues/849';

const created = (id: string): readonly string[] => [
  `${id} CREATE_IN_PROGRESS`,
  `${id} CREATE_IN_PROGRESS`,
  `${id} CREATE_COMPLETE`,
];
const updated = (id: string): readonly string[] => [`${id} UPDATE_IN_PROGRESS`, `${id} UPDATE_COMPLETE`];
const deleted = (id: string): readonly string[] => [`${id} DELETE_IN_PROGRESS`, `${id} DELETE_COMPLETE`];
const failed = (id: string, verb: 'CREATE' | 'UPDATE' | 'DELETE'): readonly string[] => [
  `${id} ${verb}_IN_PROGRESS`,
  `${id} ${verb}_FAILED`,
];

const all = (status: string) => ({ Before: status, Subject: status, After: status });

const create: Step = {
  asks: 'create',
  status: 'CREATE_COMPLETE',
  resources: all('CREATE_COMPLETE'),
  before: 'one',
  subject: 'one',
  events: [
    'stack CREATE_IN_PROGRESS',
    ...created('Before'),
    ...created('Subject'),
    ...created('After'),
    'stack CREATE_COMPLETE',
  ],
};
const update: Step = {
  asks: 'update',
  status: 'UPDATE_COMPLETE',
  resources: all('UPDATE_COMPLETE'),
  before: 'two',
  subject: 'two',
  events: [
    'stack UPDATE_IN_PROGRESS',
    ...updated('Before'),
    ...updated('Subject'),
    ...updated('After'),
    'stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'stack UPDATE_COMPLETE',
  ],
};
const remove: Step = {
  asks: 'delete',
  status: 'DELETE_COMPLETE',
  resources: all('DELETE_COMPLETE'),
  before: 'gone',
  subject: 'gone',
  events: [
    'stack DELETE_IN_PROGRESS',
    ...deleted('After'),
    ...deleted('Subject'),
    ...deleted('Before'),
    'stack DELETE_COMPLETE',
  ],
};
/** Whatever is left: the stack is deleted, and nothing stays. */
const removeTheRest = ({ resources }: Pick<Step, 'resources'>): Step => ({
  asks: 'delete',
  status: 'DELETE_COMPLETE',
  resources,
  before: 'gone',
  subject: 'gone',
});

const cleanEndOfRollback = [
  'stack UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
  'stack UPDATE_ROLLBACK_COMPLETE',
] as const;

const updateIsDenied = [
  'stack UPDATE_IN_PROGRESS',
  ...updated('Before'),
  ...failed('Subject', 'UPDATE'),
  'stack UPDATE_ROLLBACK_IN_PROGRESS',
] as const;

const stuck: Step = {
  asks: 'update',
  denied: { start: ['update'] },
  status: 'UPDATE_ROLLBACK_FAILED',
  resources: { Before: 'UPDATE_COMPLETE', Subject: 'UPDATE_FAILED', After: 'CREATE_COMPLETE' },
  before: 'one',
  subject: 'one',
  events: [...updateIsDenied, ...failed('Subject', 'UPDATE'), ...updated('Before'), 'stack UPDATE_ROLLBACK_FAILED'],
};

const rolledBack = { Before: 'UPDATE_COMPLETE', Subject: 'UPDATE_COMPLETE', After: 'CREATE_COMPLETE' };

const deletionIsDenied: Step = {
  asks: 'delete',
  denied: { start: ['delete'] },
  status: 'DELETE_FAILED',
  resources: { Before: 'CREATE_COMPLETE', Subject: 'DELETE_FAILED', After: 'DELETE_COMPLETE' },
  before: 'one',
  subject: 'one',
  events: ['stack DELETE_IN_PROGRESS', ...deleted('After'), ...failed('Subject', 'DELETE'), 'stack DELETE_FAILED'],
};

/** Failures of one resource, between one that is created before it and one that depends on it. */
export const failures: Readonly<Record<string, Failure>> = {
  'nothing fails': { steps: [create, update, remove], sources: [statusCodes, creating] },
  'the creation is denied': {
    steps: [
      {
        asks: 'create',
        denied: { start: ['create'] },
        status: 'ROLLBACK_COMPLETE',
        resources: { Before: 'DELETE_COMPLETE', Subject: 'DELETE_COMPLETE' },
        before: 'gone',
        subject: 'gone',
        events: [
          'stack CREATE_IN_PROGRESS',
          ...created('Before'),
          ...failed('Subject', 'CREATE'),
          'stack ROLLBACK_IN_PROGRESS',
          'Subject DELETE_COMPLETE',
          ...deleted('Before'),
          'stack ROLLBACK_COMPLETE',
        ],
      },
      removeTheRest({ resources: { Before: 'DELETE_COMPLETE', Subject: 'DELETE_COMPLETE' } }),
      create,
    ],
    sources: [statusCodes, createStack],
  },
  'the creation fails, and the deletion in its rollback is denied': {
    steps: [
      {
        asks: 'create',
        denied: { ROLLBACK_IN_PROGRESS: ['delete'] },
        clashes: true,
        status: 'ROLLBACK_FAILED',
        resources: { Before: 'CREATE_COMPLETE', Subject: 'DELETE_FAILED', After: 'DELETE_COMPLETE' },
        before: 'one',
        subject: 'one',
        events: [
          'stack CREATE_IN_PROGRESS',
          ...created('Before'),
          ...created('Subject'),
          ...failed('After', 'CREATE'),
          'stack ROLLBACK_IN_PROGRESS',
          'After DELETE_COMPLETE',
          ...failed('Subject', 'DELETE'),
          'stack ROLLBACK_FAILED',
        ],
      },
      removeTheRest({ resources: all('DELETE_COMPLETE') }),
      create,
    ],
    sources: [statusCodes, troubleshooting],
  },
  'the update is denied': {
    steps: [
      create,
      {
        asks: 'update',
        denied: { start: ['update'], UPDATE_ROLLBACK_IN_PROGRESS: [] },
        status: 'UPDATE_ROLLBACK_COMPLETE',
        resources: rolledBack,
        before: 'one',
        subject: 'one',
        events: [...updateIsDenied, ...updated('Subject'), ...updated('Before'), ...cleanEndOfRollback],
      },
      update,
    ],
    sources: [statusCodes, updating],
  },
  'the update is denied, its rollback too, and goes on': {
    steps: [
      create,
      stuck,
      {
        asks: 'continue',
        status: 'UPDATE_ROLLBACK_COMPLETE',
        resources: rolledBack,
        before: 'one',
        subject: 'one',
        events: ['stack UPDATE_ROLLBACK_IN_PROGRESS', ...updated('Subject'), ...cleanEndOfRollback],
      },
      update,
    ],
    sources: [statusCodes, continuing, deniedTwice],
  },
  'the update is denied, its rollback too, and skips the resource': {
    steps: [
      create,
      stuck,
      {
        asks: 'continue, skipping',
        denied: { start: ['update'] },
        status: 'UPDATE_ROLLBACK_COMPLETE',
        resources: rolledBack,
        before: 'one',
        subject: 'one',
        events: ['stack UPDATE_ROLLBACK_IN_PROGRESS', 'Subject UPDATE_COMPLETE', ...cleanEndOfRollback],
      },
      update,
    ],
    sources: [continuing, continueRollback],
  },
  'the update of another resource fails': {
    steps: [
      create,
      {
        asks: 'update',
        clashes: true,
        status: 'UPDATE_ROLLBACK_COMPLETE',
        resources: { ...rolledBack, After: 'UPDATE_COMPLETE' },
        before: 'one',
        subject: 'one',
        events: [
          'stack UPDATE_IN_PROGRESS',
          ...updated('Before'),
          ...updated('Subject'),
          ...failed('After', 'UPDATE'),
          'stack UPDATE_ROLLBACK_IN_PROGRESS',
          'After UPDATE_COMPLETE',
          ...updated('Subject'),
          ...updated('Before'),
          ...cleanEndOfRollback,
        ],
      },
      update,
    ],
    sources: [statusCodes, updating],
  },
  'the update of another resource fails, and the rollback is denied': {
    steps: [
      create,
      {
        asks: 'update',
        denied: { UPDATE_ROLLBACK_IN_PROGRESS: ['update'] },
        clashes: true,
        status: 'UPDATE_ROLLBACK_FAILED',
        resources: { Before: 'UPDATE_COMPLETE', Subject: 'UPDATE_FAILED', After: 'UPDATE_COMPLETE' },
        before: 'one',
        subject: 'two',
        events: [
          'stack UPDATE_IN_PROGRESS',
          ...updated('Before'),
          ...updated('Subject'),
          ...failed('After', 'UPDATE'),
          'stack UPDATE_ROLLBACK_IN_PROGRESS',
          'After UPDATE_COMPLETE',
          ...failed('Subject', 'UPDATE'),
          ...updated('Before'),
          'stack UPDATE_ROLLBACK_FAILED',
        ],
      },
      {
        asks: 'continue',
        status: 'UPDATE_ROLLBACK_COMPLETE',
        resources: { ...rolledBack, After: 'UPDATE_COMPLETE' },
        before: 'one',
        subject: 'one',
        events: ['stack UPDATE_ROLLBACK_IN_PROGRESS', ...updated('Subject'), ...cleanEndOfRollback],
      },
      update,
    ],
    sources: [statusCodes, continuing],
  },
  'the deletion is denied': {
    steps: [
      create,
      deletionIsDenied,
      {
        asks: 'delete',
        status: 'DELETE_COMPLETE',
        resources: all('DELETE_COMPLETE'),
        before: 'gone',
        subject: 'gone',
        events: ['stack DELETE_IN_PROGRESS', ...deleted('Subject'), ...deleted('Before'), 'stack DELETE_COMPLETE'],
      },
      create,
    ],
    sources: [statusCodes, troubleshooting, deleting],
  },
  'the deletion is denied, and the resource is retained': {
    steps: [
      create,
      deletionIsDenied,
      {
        asks: 'delete, retaining',
        denied: { start: ['delete'] },
        status: 'DELETE_COMPLETE',
        resources: { ...all('DELETE_COMPLETE'), Subject: 'DELETE_SKIPPED' },
        before: 'gone',
        subject: 'one',
        events: ['stack DELETE_IN_PROGRESS', 'Subject DELETE_SKIPPED', ...deleted('Before'), 'stack DELETE_COMPLETE'],
      },
    ],
    sources: [deleteStack, deleting],
  },
  'its deletion in an update is denied': {
    steps: [
      create,
      {
        asks: 'remove',
        denied: { start: ['delete'] },
        status: 'UPDATE_COMPLETE',
        resources: { Before: 'UPDATE_COMPLETE', After: 'UPDATE_COMPLETE' },
        before: 'two',
        subject: 'one',
        events: [
          'stack UPDATE_IN_PROGRESS',
          ...updated('Before'),
          ...updated('After'),
          'stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
          ...failed('Subject', 'DELETE'),
          ...failed('Subject', 'DELETE'),
          ...failed('Subject', 'DELETE'),
          'stack UPDATE_COMPLETE',
        ],
      },
      {
        asks: 'delete',
        status: 'DELETE_COMPLETE',
        resources: { Before: 'DELETE_COMPLETE', After: 'DELETE_COMPLETE' },
        before: 'gone',
        subject: 'one',
      },
    ],
    sources: [updating, cleanupStuck],
  },
  'its creation in an update is denied': {
    steps: [
      {
        asks: 'create, without it',
        status: 'CREATE_COMPLETE',
        resources: { Before: 'CREATE_COMPLETE', After: 'CREATE_COMPLETE' },
        before: 'one',
        subject: 'gone',
      },
      {
        asks: 'update',
        denied: { start: ['create'] },
        status: 'UPDATE_ROLLBACK_COMPLETE',
        resources: { Before: 'UPDATE_COMPLETE', After: 'CREATE_COMPLETE' },
        before: 'one',
        subject: 'gone',
        events: [
          'stack UPDATE_IN_PROGRESS',
          ...updated('Before'),
          ...failed('Subject', 'CREATE'),
          'stack UPDATE_ROLLBACK_IN_PROGRESS',
          ...updated('Before'),
          'stack UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
          'Subject DELETE_COMPLETE',
          'stack UPDATE_ROLLBACK_COMPLETE',
        ],
      },
      {
        ...update,
        resources: { ...all('UPDATE_COMPLETE'), Subject: 'CREATE_COMPLETE' },
        events: [
          'stack UPDATE_IN_PROGRESS',
          ...updated('Before'),
          ...created('Subject'),
          ...updated('After'),
          'stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
          'stack UPDATE_COMPLETE',
        ],
      },
    ],
    sources: [statusCodes, updating],
  },
};
