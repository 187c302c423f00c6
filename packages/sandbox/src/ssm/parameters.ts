/** The parameters of every account (SSM Parameter Store), by the ARN. */
export class Parameters {
  readonly #values = new Map<string, string>();

  get(arn: string): string | undefined {
    return this.#values.get(arn);
  }

  set(arn: string, value: string): void {
    this.#values.set(arn, value);
  }
}
