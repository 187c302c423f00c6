/** How many client tokens of an execution are remembered, and for how long (API_RedriveExecution). */
const MOST = 10;
const VALID_MILLISECONDS = 15 * 60 * 1_000;

interface UsedToken {
  readonly token: string;
  /** When the redrive that it asked for began. */
  readonly at: number;
}

/** Client tokens that redrove an execution: a request that comes again is answered as before. */
export class RedriveTokens {
  #used: readonly UsedToken[] = [];

  add(token: string, at: number): void {
    this.#used = [...this.#used, { token, at }].slice(-MOST);
  }

  redrivenAt(token: string, now: number): number | undefined {
    return this.#used.find((used) => used.token === token && now - used.at <= VALID_MILLISECONDS)?.at;
  }
}
