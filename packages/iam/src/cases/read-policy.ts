import { managedPolicy } from '@crosswind/aws/managed-policies';
import type { ApplicablePolicies } from '../applicable-policies.ts';
import { PolicyError, type PolicySource, policyDocument, Unsupported } from '../policy-document.ts';
import { statementsOf, type PolicyType } from '../statement.ts';
import { duplicateKey, fromIssue, type Path, placeOf, type JsonProblem, shown } from '@crosswind/aws/problem';

/** Takes the policies of one case out of their file, and notes what is wrong with them. */
export class PolicyReader {
  readonly #path: Path;
  /** Parts that AWS would refuse. */
  readonly problems: JsonProblem[] = [];
  /** Parts that AWS accepts and the evaluation cannot judge, each with its place. */
  readonly unsupported: string[] = [];
  /** Places of service control policies that only deny and so joined the first level. */
  readonly joined: string[] = [];

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
   * Service control policies. Each entry of the list is a level, and an inner list is a level of several policies. In a
   * list without inner lists, a policy that only denies is not a level of its own: it joins the first level. Without any
   * other level, nothing is allowed.
   */
  serviceControl(key: string, values: readonly unknown[]): ApplicablePolicies['scps'] {
    const levels = this.#levels(key, 'scp', values, 'service control policy');
    const denials = levels.filter(({ isList, sources }) => !isList && sources.every(onlyDenies));
    const others = levels.filter((level) => !denials.includes(level)).map(({ sources }) => sources);
    const isOfLists = levels.some(({ isList }) => isList);
    for (const { path, sources } of denials) {
      const message = 'expected a list of policies, as for the other levels, got a document that only denies';
      if (sources.length === 0) continue;
      if (isOfLists) this.problems.push({ path, message });
      else if (others.length > 0) this.joined.push(placeOf(path));
    }
    const joining = denials.flatMap(({ sources }) => sources);
    if (joining.length === 0) return others;
    const [first = [], ...rest] = others;
    return [[...first, ...joining], ...rest];
  }

  /** Resource control policies: each entry of the list is a level, a document or a list of them. */
  resourceControl(key: string, values: readonly unknown[]): ApplicablePolicies['rcps'] {
    return this.#levels(key, 'rcp', values, 'resource control policy').map(({ sources }) => sources);
  }

  #levels(key: string, type: PolicyType, values: readonly unknown[], name: string): readonly Level[] {
    return values.map((value, at) => {
      const path = [...this.#path, key, at];
      const isList = Array.isArray(value);
      const sources = isList
        ? value.map((each: unknown, within) =>
            this.#source([...path, within], type, each, `${name} ${at + 1}.${within + 1}`),
          )
        : [this.#source(path, type, value, `${name} ${at + 1}`)];
      return { path, isList, sources: sources.filter((source) => source !== undefined) };
    });
  }

  #source(path: Path, type: PolicyType, value: unknown, fallback: string): PolicySource | undefined {
    const isNamed = typeof value === 'object' && value !== null && 'document' in value;
    const given = isNamed ? value.document : value;
    const within = isNamed ? [...path, 'document'] : path;
    const name = isNamed && 'name' in value ? value.name : (managedName(given) ?? fallback);
    const document = documentOf(given);
    if (typeof name !== 'string') {
      this.problems.push({ path: [...path, 'name'], message: `expected text, got ${shown(name)}` });
      return undefined;
    }
    const twice = document === given || typeof given !== 'string' ? undefined : duplicateKey(given);
    if (twice !== undefined) {
      const message = `expected each key once, got ${shown(twice.key)} twice in an object of the text (at characters ${twice.first + 1} and ${twice.second + 1}): AWS refuses that`;
      this.problems.push({ path: within, message });
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
      else if (error instanceof PolicyError)
        this.problems.push({ path: [...within, ...statementPath(document, error)], message: error.message });
      else throw error;
      return undefined;
    }
  }
}

/** Levels as the case writes them. */
interface Level {
  readonly path: Path;
  readonly isList: boolean;
  readonly sources: readonly PolicySource[];
}

/** Path within a document to the statement that an error is about. */
function statementPath(document: unknown, { statement }: PolicyError): Path {
  if (statement === undefined || typeof document !== 'object' || document === null) return [];
  return 'Statement' in document && Array.isArray(document.Statement) ? ['Statement', statement] : ['Statement'];
}

/** Name under which reasons speak of an AWS managed policy that a case gives by its ARN. */
const managedName = (given: unknown): string | undefined =>
  typeof given === 'string' && managedPolicy(given) ? `managed policy ${given.replace(/^.*\//, '')}` : undefined;

/**
 * Document of the ARN of an AWS managed policy, and content of a JSON text, as `GetBucketPolicy` and `GetKeyPolicy` return
 * it. Anything else is returned unchanged.
 */
function documentOf(given: unknown): unknown {
  if (typeof given !== 'string') return given;
  try {
    return managedPolicy(given) ?? (JSON.parse(given) as unknown);
  } catch {
    return given;
  }
}

const onlyDenies = (source: PolicySource): boolean =>
  statementsOf(source, 'scp').every(({ effect }) => effect === 'Deny');
