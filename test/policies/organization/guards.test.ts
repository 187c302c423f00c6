import type { PolicySource, StatementJson } from '@crosswind/iam/policy-document';
import { describe, expect, test } from 'vitest';
import { decided, guards, type Replaced } from './decided.ts';
import type { GuardQuestion } from './guard-questions/asked.ts';
import { guardQuestions } from './guard-questions/guard-questions.ts';

/** A statement with one part that no longer does what it did. */
interface Change {
  readonly what: string;
  readonly changed: StatementJson;
  /** True for questions whose answers the change can concern. */
  readonly concerns: (question: GuardQuestion) => boolean;
}

/** Changes that no question can notice, because another statement or AWS itself has the same effect. */
const unnoticed: Readonly<Record<string, string>> = {
  'execution: NamedResources: Resource arn:aws:codepipeline:*:*:crosswind-*':
    'accounts with both jobs have crosswind*, too, and no others have a pipeline',
  'execution: NewKeysAreTagged: StringEqualsIfExists aws:ResourceTag/platform is not crosswind':
    'OwnKeys allows every action on keys with the tag',
  'resourceControl: ServicesActForTheOrganization: Bool aws:PrincipalIsAWSService is gone':
    'AWS sends aws:SourceAccount with requests of service principals alone ("AWS global condition context keys")',
};

const everyQuestion = (): boolean => true;
const listOf = <Value>(value: Value | readonly Value[] | undefined): readonly Value[] =>
  value === undefined ? [] : ([value].flat() as readonly Value[]);

/** Value that matches nothing, in the form of one that a statement has. */
const other = (value: string): string => {
  if (value === 'true' || value === 'false') return String(value === 'false');
  return value.startsWith('arn:') || value === '*' ? 'arn:aws:iam::000000000000:role/nothing' : 'nothing';
};

function changesOf(statement: StatementJson): readonly Change[] {
  const actions = listOf(statement.Action).map((action): Change => {
    const [service = ''] = action.split(':');
    const changed = {
      ...statement,
      Action: listOf(statement.Action).map((it) => (it === action ? `${service}:Nothing` : it)),
    };
    return { what: action, changed, concerns: (question) => question.action.startsWith(`${service}:`) };
  });
  const resources = (['Resource', 'NotResource'] as const).flatMap((element) =>
    listOf(statement[element]).map((arn): Change => {
      const changed = {
        ...statement,
        [element]: listOf(statement[element]).map((it) => (it === arn ? other(arn) : it)),
      };
      return { what: `${element} ${arn}`, changed, concerns: everyQuestion };
    }),
  );
  return [...actions, ...resources, ...conditionChanges(statement)];
}

/** Each key gone, each key another one that requests do not carry, and each value another one. */
const conditionChanges = (statement: StatementJson): readonly Change[] =>
  Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]) => {
      const rest = Object.fromEntries(Object.entries(keys).filter(([name]) => name !== key));
      const withKeys = (now: typeof keys): StatementJson => ({
        ...statement,
        Condition: { ...statement.Condition, [operator]: now },
      });
      const at = `${operator} ${key}`;
      return [
        { what: `${at} is gone`, changed: withKeys(rest), concerns: everyQuestion },
        {
          what: `${at} is another key`,
          changed: withKeys({ ...rest, 'aws:SourceVpc': values }),
          concerns: everyQuestion,
        },
        ...listOf(values).map((value): Change => ({
          what: `${at} is not ${String(value)}`,
          changed: withKeys({
            ...keys,
            [key]: listOf(values).map((it) => (it === value ? other(String(it)) : it)),
          }),
          concerns: everyQuestion,
        })),
      ];
    }),
  );

/** Changes of a kind of guards, each in the policies of all accounts that have the statement. */
function changesIn(
  sources: readonly PolicySource[],
): ReadonlyMap<string, Pick<Change, 'concerns'> & { replaced: Replaced }> {
  const found = new Map<string, Pick<Change, 'concerns'> & { replaced: Map<PolicySource, PolicySource> }>();
  for (const source of sources) {
    const statements = listOf(source.document.Statement);
    for (const [index, statement] of statements.entries()) {
      for (const { what, changed, concerns } of changesOf(statement)) {
        const name = `${statement.Sid ?? index}: ${what}`;
        const { replaced } = found.get(name) ?? { replaced: new Map<PolicySource, PolicySource>() };
        const document = { ...source.document, Statement: statements.with(index, changed) };
        found.set(name, { concerns, replaced: replaced.set(source, { ...source, document }) });
      }
    }
  }
  return found;
}

const questions = Object.values(guardQuestions).flat();

describe('the guards', () => {
  test.each(Object.entries(guardQuestions))('%s', (_, asked) => {
    const called = ({ by, action, on }: GuardQuestion, answer: string): string =>
      `${'roleArn' in by.principal ? by.principal.roleArn : by.principal.service} ${action} ${on}: ${answer}`;
    expect(asked.map((question) => called(question, decided(question)))).toEqual(
      asked.map((question) => called(question, question.answer)),
    );
  });

  test('are asked as many questions that they allow as forbid', () => {
    const allowed = questions.filter(({ answer }) => answer === 'allowed').length;
    expect(Math.min(allowed, questions.length - allowed)).toBeGreaterThan(50);
  });
});

describe('each action, resource and condition', () => {
  const survivors: string[] = [];

  test.each(Object.keys(guards) as (keyof typeof guards)[])(
    'of %s decides a question, or is listed with a reason',
    (name) => {
      const sources: readonly PolicySource[] = Object.values(guards[name]);
      const changes = changesIn(sources);
      expect(changes.size).toBeGreaterThan(15);
      const isNoticed = ({ concerns, replaced }: { concerns: Change['concerns']; replaced: Replaced }): boolean =>
        questions.some((question) => concerns(question) && decided(question, replaced) !== question.answer);
      const missed = [...changes].filter(([, change]) => !isNoticed(change)).map(([what]) => `${name}: ${what}`);
      survivors.push(...missed);
      expect(missed.filter((what) => unnoticed[what] === undefined)).toEqual([]);
    },
    60_000,
  );

  test('that is listed with a reason is still not noticed', () => {
    expect(survivors.sort()).toEqual(Object.keys(unnoticed).sort());
  });
});
