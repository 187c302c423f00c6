import type { FunctionResource } from '@crosswind/assembly/functions';
import type { LogLine } from '../logs/log-event.ts';
import type { PooledResult } from './environment-pool.ts';
import { type BegunInvocation, closingLines, FunctionLines, openingLines } from './invocation-log.ts';

/** Writes lines to the log stream of an invocation. Returns false if the function may not. */
export type WriteLines = (lines: readonly LogLine[]) => boolean;

export interface DeliveryProps extends BegunInvocation {
  /**
   * Time that no line is before, in milliseconds since the epoch, in virtual time. Invocations that wait for a core begin
   * late; who follows the log group reads from the newest line on, and would never see an older one.
   */
  readonly earliest: () => number;
}

/** Delivery of the log of an invocation, line by line as the function writes it. */
export class LogDelivery {
  readonly #fn: FunctionResource;
  readonly #props: DeliveryProps;
  readonly #lines = new FunctionLines();
  readonly #delivered: LogLine[] = [];
  readonly #texts: string[] = [];
  #begunAt = 0;
  #write: WriteLines = () => false;
  #isWritten = false;

  constructor(fn: FunctionResource, props: DeliveryProps) {
    this.#fn = fn;
    this.#props = props;
  }

  /** Virtual time passes for the invocation from now on. */
  begin(): void {
    this.#begunAt = performance.now();
  }

  open(write: WriteLines): void {
    this.#write = write;
    this.#deliver(openingLines(this.#fn, this.#props));
  }

  wrote(text: string): void {
    this.#texts.push(text);
    this.#deliver(this.#lines.add(text, this.#now()));
  }

  /** Writes the last lines, and returns the log. */
  close({ result, milliseconds }: PooledResult): {
    readonly lines: readonly LogLine[];
    /** Text that the function wrote; undefined if it may not write to its log group. */
    readonly written: string | undefined;
  } {
    const ended = { requestId: this.#props.requestId, endedAt: this.#now(), milliseconds, result };
    this.#deliver([...this.#lines.rest(), ...closingLines(this.#fn, ended)]);
    return { lines: this.#delivered, written: this.#isWritten ? this.#texts.join('') : undefined };
  }

  #now(): number {
    return this.#props.startedAt + performance.now() - this.#begunAt;
  }

  #deliver(lines: readonly LogLine[]): void {
    this.#delivered.push(...lines);
    const earliest = this.#props.earliest();
    this.#isWritten = this.#write(lines.map((line) => ({ ...line, timestamp: Math.max(line.timestamp, earliest) })));
  }
}
