import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { WrongInput } from '../failure.ts';

const json = z.json();

const answer = z
  .strictObject({ output: json.optional(), error: z.string().optional(), cause: z.string().optional() })
  .refine((each) => 'output' in each !== ('error' in each || 'cause' in each), {
    error: 'must have either output, or error and cause',
  });

/** Other keys of a case are whoever's wrote the file, such as what they expect. */
const caseFile = z.array(
  z.object({
    name: z.string(),
    definition: z.union([z.string(), z.record(z.string(), json)], { error: 'must be an object, or its text' }),
    input: json.default({}),
    mocks: z
      .record(z.string(), z.array(answer).min(1))
      .nullish()
      .transform((mocks) => mocks ?? {}),
  }),
);

export type AslCase = z.infer<typeof caseFile>[number];

/** What a mocked state answers to one attempt. */
export type Answer = z.infer<typeof answer>;

/** The cases in a file, or everything that is wrong with it, each problem as `file:line:column`. */
export function parseCaseFile(file: string, text: string): readonly AslCase[] {
  const parsed = caseFile.safeParse(jsonOf(file, text), { reportInput: true });
  if (parsed.success) return parsed.data;
  const places = new Places(text);
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${file}:${places.of(path)} ${path.join('.') || 'the file'}: ${message}`,
  );
  throw new WrongInput(problems.join('\n'));
}

function jsonOf(file: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const at = Number(/at position (\d+)/.exec(message)?.[1] ?? text.length);
    const before = text.slice(0, at).split('\n');
    throw new WrongInput(`${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1} is not JSON: ${message}`);
  }
}

/** Where in the text a value stands; read only when something is wrong with it. */
class Places {
  readonly #lines = new LineCounter();
  readonly #document;

  constructor(text: string) {
    this.#document = parseDocument(text, { lineCounter: this.#lines });
  }

  /** `line:column` of the value at a path, or of the nearest one around it. */
  of(path: readonly PropertyKey[]): string {
    for (let length = path.length; length >= 0; length--) {
      const node = this.#document.getIn(path.slice(0, length), true);
      const start = isScalar(node) || isMap(node) || hasRange(node) ? node.range?.[0] : undefined;
      if (start === undefined) continue;
      const { line, col } = this.#lines.linePos(start);
      return `${line}:${col}`;
    }
    return '1:1';
  }
}

const hasRange = (node: unknown): node is { readonly range?: readonly [number, number, number] } =>
  typeof node === 'object' && node !== null && 'range' in node;
