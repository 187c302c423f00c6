/**
 * A list that only grows. Appending gives a new list and leaves the old one as it was, yet copies nothing as long as
 * the newest list is the one that is appended to: a Map Run of a million items stays linear.
 */
export class Log<Value> implements Iterable<Value> {
  readonly length: number;
  private readonly shared: Value[];

  private constructor(shared: Value[], length: number) {
    this.shared = shared;
    this.length = length;
  }

  static empty<Value>(): Log<Value> {
    return new Log<Value>([], 0);
  }

  append(values: Iterable<Value>): Log<Value> {
    const shared = this.shared.length === this.length ? this.shared : this.shared.slice(0, this.length);
    for (const value of values) shared.push(value);
    return new Log(shared, shared.length);
  }

  at(index: number): Value | undefined {
    return index < this.length ? this.shared[index] : undefined;
  }

  *[Symbol.iterator](): Iterator<Value> {
    for (let i = 0; i < this.length; i++) yield this.shared[i] as Value;
  }
}
