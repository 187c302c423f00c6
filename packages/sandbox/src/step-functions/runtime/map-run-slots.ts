import type { Meters } from '../../cloudwatch/meters.ts';
import type { Environment } from '@crosswind/assembly/read-assembly';
import type { QuotasOf } from '../../quotas/granted-quotas.ts';

/** The place of a Map Run among those of its account and region. */
export interface MapRunSlot {
  /** The Map Run has ended, or waits no longer. */
  leave(): void;
}

interface Runs {
  readonly place: Environment;
  open: number;
  readonly waiting: (() => void)[];
}

type MapRunMeters = Pick<Meters, 'mapRunOpened' | 'mapRunClosed' | 'mapRunBacklogged' | 'mapRunUnblocked'>;

/** How many Map Runs an account may have open; further ones wait, first come, first served ("Step Functions service quotas"). */
export class MapRunSlots {
  readonly #quotasOf: QuotasOf;
  readonly #meters: MapRunMeters;
  readonly #places = new Map<string, Runs>();

  constructor(quotasOf: QuotasOf, meters: MapRunMeters) {
    this.#quotasOf = quotasOf;
    this.#meters = meters;
  }

  /** Calls `begin` as soon as there is room, at once if there is some now. */
  enter(place: Environment, begin: () => void): MapRunSlot {
    const runs = this.#runsIn(place);
    let isOpen = false;
    const open = (): void => {
      isOpen = true;
      runs.open += 1;
      this.#meters.mapRunOpened(place);
      begin();
    };
    const unblock = (): void => {
      this.#meters.mapRunUnblocked(place);
      open();
    };
    if (this.#hasRoom(runs)) open();
    else {
      runs.waiting.push(unblock);
      this.#meters.mapRunBacklogged(place);
    }
    return {
      leave: () => {
        if (isOpen) this.#close(place, runs);
        else this.#forget(place, runs, unblock);
      },
    };
  }

  #close(place: Environment, runs: Runs): void {
    runs.open -= 1;
    this.#meters.mapRunClosed(place);
    this.#admit(runs);
  }

  /** Begins those that wait and have room now, after a quota was changed. */
  admit(): void {
    for (const runs of this.#places.values()) this.#admit(runs);
  }

  #admit(runs: Runs): void {
    while (runs.waiting.length > 0 && this.#hasRoom(runs)) runs.waiting.shift()?.();
  }

  #hasRoom({ place, open }: Runs): boolean {
    return open < this.#quotasOf(place).openMapRuns;
  }

  #forget(place: Environment, { waiting }: Runs, unblock: () => void): void {
    waiting.splice(waiting.indexOf(unblock), 1);
    this.#meters.mapRunUnblocked(place);
  }

  #runsIn(place: Environment): Runs {
    const key = `${place.account}/${place.region}`;
    const runs = this.#places.get(key) ?? { place, open: 0, waiting: [] };
    this.#places.set(key, runs);
    return runs;
  }
}
