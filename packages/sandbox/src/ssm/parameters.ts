import type { JsonObject } from '@crosswind/aws/json';

/** Properties of a parameter that its owner sets. */
export interface ParameterProps {
  readonly name: string;
  readonly value: string;
  readonly type: string;
  readonly dataType: string;
  /** Tags by their key. */
  readonly tags: Readonly<Record<string, string>>;
  /** Further properties in the form of a template, such as `Description`. */
  readonly details: JsonObject;
}

/** A parameter as it is now. */
export interface Parameter extends ParameterProps {
  readonly version: number;
  /** Milliseconds since the epoch, in virtual time. */
  readonly lastModified: number;
}

/** The parameters of every account (SSM Parameter Store), by the ARN. */
export class Parameters {
  readonly #now: () => number;
  readonly #parameters = new Map<string, Parameter>();
  /** Versions before the newest, which deletion takes away, too. */
  readonly #former = new Map<string, readonly Parameter[]>();

  /** @param now milliseconds since the epoch, in virtual time */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The value of a parameter. */
  get(arn: string): string | undefined {
    return this.#parameters.get(arn)?.value;
  }

  /**
   * A parameter as it is now, or one of its last 100 versions (AWS: "Working with parameter versions").
   * @param version the newest by default
   */
  parameter(arn: string, version?: number): Parameter | undefined {
    const newest = this.#parameters.get(arn);
    if (version === undefined || newest?.version === version) return newest;
    return this.#former.get(arn)?.find((each) => each.version === version);
  }

  /** Parameters whose ARN begins so, in the order of their names. */
  under(arnPrefix: string): readonly (Parameter & { readonly arn: string })[] {
    return [...this.#parameters]
      .filter(([arn]) => arn.startsWith(arnPrefix))
      .map(([arn, parameter]) => ({ ...parameter, arn }))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** Adds a parameter, or a version of it that takes the place of the one before. Returns the version. */
  put(arn: string, parameter: ParameterProps): number {
    const before = this.#parameters.get(arn);
    const version = (before?.version ?? 0) + 1;
    if (before) this.#former.set(arn, [...(this.#former.get(arn) ?? []), before].slice(-99));
    this.#parameters.set(arn, { ...parameter, version, lastModified: this.#now() });
    return version;
  }

  /** Changes the tags of a parameter, which is no new version. */
  tag(arn: string, tags: ParameterProps['tags']): void {
    const parameter = this.#parameters.get(arn);
    if (parameter) this.#parameters.set(arn, { ...parameter, tags });
  }

  /** Returns true if the parameter was there. */
  remove(arn: string): boolean {
    this.#former.delete(arn);
    return this.#parameters.delete(arn);
  }
}
