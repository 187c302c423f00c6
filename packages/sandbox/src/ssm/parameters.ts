/** A parameter as it was deployed. */
export interface Parameter {
  readonly value: string;
  readonly type: string;
  readonly dataType: string;
  /** Milliseconds since the epoch, in virtual time. */
  readonly lastModified: number;
}

/** The parameters of every account (SSM Parameter Store), by the ARN. */
export class Parameters {
  readonly #parameters = new Map<string, Parameter>();

  /** The value of a parameter. */
  get(arn: string): string | undefined {
    return this.#parameters.get(arn)?.value;
  }

  parameter(arn: string): Parameter | undefined {
    return this.#parameters.get(arn);
  }

  set(arn: string, parameter: Parameter): void {
    this.#parameters.set(arn, parameter);
  }
}
