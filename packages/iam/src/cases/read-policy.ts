import type { ApplicablePolicies } from '../applicable-policies.ts';
import { PolicyError, type PolicySource, policyDocument, Unsupported } from '../policy-document.ts';
import { statementsOf, type PolicyType } from '../statement.ts';
import { fromIssue, type Path, placeOf, type JsonProblem, shown } from '@crosswind/aws/json-problem';

/** Takes the policies of one case out of their file, and notes what is wrong with them. */
export class PolicyReader {
  readonly #path: Path;
  /** Parts that AWS would refuse. */
  readonly problems: JsonProblem[] = [];
  /** Parts that AWS accepts and the evaluation cannot judge, each with its place. */
  readonly unsupported: string[] = [];

  constructor(path: Path) {
    this.#path = path;
  }

  /** One policy, a document, its text or `{ name, document }`; nothing if there is none or it cannot be judged. */
  one(key: string, type: PolicyType, value: unknown, name: string): PolicySource | undefined {
    return value === undefined || value === null ? undefined : this.#source([...this.#path, key], type, value, name);
  }

  /** A list of policies, or one without a list. */
  list(key: string, type: PolicyType, value: unknown, name: string): readonly PolicySource[] {
    const path = [...this.#path, key];
    if (value === undefined || value === null) return [];
    const sources = Array.isArray(value)
      ? value.map((each, at) => this.#source([...path, at], type, each, `${name} ${at + 1}`))
      : [this.#source(path, type, value, name)];
    return sources.filter((source) => source !== undefined);
  }

  /**
   * Service control policies. Each entry of the list is a level, and an inner list is a level of several policies. A
   * single policy that only denies is not a level of its own: it joins the first level. Without any other level,
   * nothing is allowed.
   */
  levels(key: string, values: readonly unknown[]): ApplicablePolicies['scps'] {
    const path = [...this.#path, key];
    const denials: PolicySource[] = [];
    const levels: PolicySource[][] = [];
    for (const [at, value] of values.entries()) {
      const name = `service control policy ${at + 1}`;
      const sources = (Array.isArray(value) ? value : [value])
        .map((each: unknown, within) => {
          const place = Array.isArray(value) ? [...path, at, within] : [...path, at];
          return this.#source(place, 'scp', each, Array.isArray(value) ? `${name}.${within + 1}` : name);
        })
        .filter((source) => source !== undefined);
      const isBeside = !Array.isArray(value) && sources.every(onlyDenies);
      if (isBeside) denials.push(...sources);
      else levels.push(sources);
    }
    if (denials.length === 0) return levels;
    const [first = [], ...others] = levels;
    return [[...first, ...denials], ...others];
  }

  #source(path: Path, type: PolicyType, value: unknown, fallback: string): PolicySource | undefined {
    const isNamed = typeof value === 'object' && value !== null && 'document' in value;
    const document = parsedText(isNamed ? value.document : value);
    const within = isNamed ? [...path, 'document'] : path;
    const name = isNamed && 'name' in value ? value.name : fallback;
    if (typeof name !== 'string') {
      this.problems.push({ path: [...path, 'name'], message: `expected text, got ${shown(name)}` });
      return undefined;
    }
    const parsed = policyDocument.safeParse(document);
    if (!parsed.success) {
      this.problems.push(...parsed.error.issues.map((issue) => fromIssue(document, issue, within)));
      return undefined;
    }
    const source: PolicySource = { name, document: document as PolicySource['document'] };
    try {
      statementsOf(source, type);
      return source;
    } catch (error) {
      if (error instanceof Unsupported) this.unsupported.push(`${placeOf(within)}: ${error.message}`);
      else if (error instanceof PolicyError) this.problems.push({ path: within, message: error.message });
      else throw error;
      return undefined;
    }
  }
}

/** Content of a JSON text, as `GetBucketPolicy` and `GetKeyPolicy` return it. Anything else is returned unchanged. */
function parsedText(document: unknown): unknown {
  if (typeof document !== 'string') return document;
  try {
    return JSON.parse(document) as unknown;
  } catch {
    return document;
  }
}

const onlyDenies = (source: PolicySource): boolean =>
  statementsOf(source, 'scp').every(({ effect }) => effect === 'Deny');
