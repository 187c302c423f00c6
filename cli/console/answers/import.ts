import { isObject, type Json, type JsonObject } from '@crosswind/aws/json';
import { isDrawable, layoutMachine, mostStates } from '@crosswind/console/graph/layout-machine';
import type { ComparisonModel } from '@crosswind/console/models/comparison';
import { type Handler, Refused } from '@crosswind/console/server/handlers';
import { parseDefinition } from '@crosswind/workflow/definition/parse-definition';
import { type Difference, type RecordedEvent, replay } from '@crosswind/workflow/replay/replay';
import { z } from 'zod';

const definition = z.custom<JsonObject>((value) => isObject(value as Json), 'expected the object of a definition');

const graphQuestion = z.object({ stateMachineArn: z.string(), definition });

const comparisonQuestion = z.object({
  executionArn: z.string(),
  stateMachineArn: z.string(),
  name: z.string(),
  definition,
  events: z
    .array(
      z.object({
        id: z.int().positive(),
        previous: z.int().nonnegative(),
        at: z.number().positive(),
        type: z.string(),
        details: z.custom<RecordedEvent['details']>((value) => isObject(value as Json), 'expected an object'),
      }),
    )
    .min(1),
});

/** The question, if it is one. */
function asked<Question>(schema: z.ZodType<Question>, question: unknown): Question {
  const parsed = schema.safeParse(question);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refused(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'expected a question about an import'}`);
}

/** Layout of the definition of an imported history. */
export const importGraphAnswer: Handler = (question) =>
  Promise.resolve(question).then((each) => {
    const { stateMachineArn, definition: machine } = asked(graphQuestion, each);
    if (!isDrawable(machine))
      throw new Refused(`the definition has more than ${mostStates} states: they are drawn as a chain`);
    return layoutMachine(stateMachineArn, checked(machine));
  });

/** Compares an imported history with what the engine of the sandbox does with its input and the results of its tasks. */
export const importComparisonAnswer: Handler = async (question): Promise<ComparisonModel> => {
  const { executionArn, stateMachineArn, name, definition: machine, events } = asked(comparisonQuestion, question);
  const [first] = events;
  const missing = events.findIndex(({ id }, index) => id !== index + 1);
  if (first?.type !== 'ExecutionStarted' || missing >= 0)
    throw new Refused(`event ${missing >= 0 ? missing + 1 : 1} is missing: import the whole history`);
  const input = inputOf(first);
  const { same, difference, unknown } = await replay({
    definition: checked(machine),
    input,
    events,
    identity: {
      executionArn,
      name,
      stateMachineArn,
      roleArn: textIn(first.details['roleArn']),
      stateMachineName: stateMachineArn.split(':')[6] ?? '',
      startedAt: first.at,
    },
  });
  return {
    same,
    total: events.length,
    difference: difference ? modelOf(difference) : null,
    limits: [
      ...(unknown === undefined ? [] : [`Only ${same} events were compared: ${unknown}.`]),
      ...chanceIn(machine),
    ],
  };
};

const textIn = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

function checked(machine: JsonObject): JsonObject {
  const parsed = parseDefinition(machine, 'STANDARD');
  if (parsed.ok) return machine;
  throw new Refused(`the sandbox does not take the definition: ${parsed.problems.slice(0, 3).join('; ')}`);
}

function inputOf({ details }: RecordedEvent): Json {
  try {
    return JSON.parse(textIn(details['input'])) as Json;
  } catch {
    throw new Refused('event 1 has no input: export the history with execution data');
  }
}

const modelOf = ({ event, field, recorded, replayed }: Difference): ComparisonModel['difference'] => ({
  event: event ?? null,
  field,
  recorded: recorded === undefined ? null : asText(recorded),
  sandbox: replayed === undefined ? null : asText(replayed),
});

const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Sources of values that are others each time, by their names in a definition. */
const chances: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\$(random|uuid|shuffle)\b|States\.(UUID|MathRandom)/, 'random values'],
  [/\$(now|millis)\b|EnteredTime|StartTime/, 'times of states'],
  [/Task\.Token/, 'task tokens'],
];

function chanceIn(machine: JsonObject): readonly string[] {
  const text = JSON.stringify(machine);
  const found = chances.flatMap(([pattern, what]) => (pattern.test(text) ? [what] : []));
  if (found.length === 0) return [];
  return [
    `The definition uses ${found.join(' and ')}: where they are in an input or output, it differs without a mistake.`,
  ];
}
