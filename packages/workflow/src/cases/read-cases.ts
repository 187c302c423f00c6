import { fromIssue, type JsonProblem } from '@crosswind/aws/problem';
import { isObject, type Json, type JsonObject } from '@crosswind/aws/json';
import { z } from 'zod';

/** Any value of a JSON document: what was parsed is JSON, however deep, and a case that is too deep fails alone. */
const json = z.custom<Json>((value) => value !== undefined);
const object = z.custom<JsonObject>((value) => isObject(value as Json));

const answer = z
  .strictObject({
    output: json.optional(),
    /** Of a Distributed Map: what its reader reads. Its children run. */
    items: z.array(json).optional(),
    error: z.string().optional(),
    cause: z.string().optional(),
  })
  .refine(
    (each) => ['output' in each, 'items' in each, 'error' in each || 'cause' in each].filter(Boolean).length === 1,
    {
      error: 'expected either output, or error and cause, or items of a Distributed Map',
    },
  );

/** A case may have other keys, such as an expected outcome. */
const caseFile = z.array(
  z.object({
    name: z.string(),
    definition: z.union([z.string(), object], { error: 'expected an object, or its text' }),
    /** Type of the state machine, as CreateStateMachine takes it. */
    type: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
    input: json.default({}),
    mocks: z
      .record(z.string(), z.array(answer).min(1))
      .nullish()
      .transform((mocks) => mocks ?? {}),
  }),
);

export type AslCase = z.infer<typeof caseFile>[number];

/** Answer of a mocked state to one attempt. */
export type Answer = z.infer<typeof answer>;

export type CasesRead =
  | { readonly ok: true; readonly cases: readonly AslCase[] }
  | { readonly ok: false; readonly problems: readonly JsonProblem[] };

/** Reads the cases of a JSON document, or reports everything that is wrong with them. */
export function readCases(document: unknown): CasesRead {
  const parsed = caseFile.safeParse(document);
  if (parsed.success) return { ok: true, cases: parsed.data };
  return { ok: false, problems: parsed.error.issues.map((issue) => fromIssue(document, issue)) };
}
