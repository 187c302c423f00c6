import { expressStepMegabytes, expressStepMilliseconds, type Price, prices } from '@crosswind/aws/prices';
import type { BilledInvocation } from '@crosswind/sandbox/lambda/modelled-functions';
import type { Execution } from '@crosswind/sandbox/sandbox';

/** A line of the bill, with the price of one. */
export interface BillLine extends Price {
  readonly quantity: number;
  readonly cost: number;
}

export interface Bill {
  readonly currency: 'USD';
  readonly total: number;
  readonly lines: readonly BillLine[];
}

/** Usage that a run is billed for besides its functions. */
export interface BilledRun {
  readonly transitions: number;
  readonly children: readonly Execution[];
  /** Requests that Step Functions itself made to list objects and to write results. */
  readonly putsAndLists: number;
}

/** To a millionth of a dollar, or of anything else. */
const rounded = (value: number): number => Math.round(value * 1_000_000) / 1_000_000;

/** Adds up what AWS would ask for; logs, traces, keys and what is stored are not counted. */
export class Billing {
  readonly #quantities = new Map<Price, number>();

  /** Lambda bills what a cold start takes, too. */
  invocation({ fn, milliseconds, requests }: BilledInvocation): void {
    const duration = fn.architecture === 'arm64' ? prices.lambdaArmDuration : prices.lambdaX86Duration;
    this.#add(prices.lambdaRequests, 1);
    this.#add(duration, (milliseconds / 1_000) * (fn.memoryMegabytes / 1_024));
    this.#add(prices.s3Get, requests.get);
    this.#add(prices.s3Put, requests.put + requests.list);
  }

  bill({ transitions, children, putsAndLists }: BilledRun): Bill {
    this.#add(prices.standardTransitions, transitions);
    this.#add(prices.s3Put, putsAndLists);
    for (const { type, startedAt, stoppedAt = startedAt } of children) {
      if (type !== 'EXPRESS') continue;
      const steps = Math.ceil((stoppedAt - startedAt) / expressStepMilliseconds);
      this.#add(prices.expressRequests, 1);
      const seconds = (steps * expressStepMilliseconds) / 1_000;
      this.#add(prices.expressDuration, (seconds * expressStepMegabytes) / 1_024);
    }
    const lines = Object.values(prices).flatMap((price: Price) => {
      const quantity = this.#quantities.get(price);
      if (quantity === undefined || quantity === 0) return [];
      return [{ ...price, quantity: rounded(quantity), cost: rounded(quantity * price.dollars) }];
    });
    return { currency: 'USD', total: rounded(lines.reduce((sum, { cost }) => sum + cost, 0)), lines };
  }

  #add(price: Price, quantity: number): void {
    this.#quantities.set(price, (this.#quantities.get(price) ?? 0) + quantity);
  }
}
