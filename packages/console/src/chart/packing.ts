/** A span of time, milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Lane of each span, in the order of the spans: the lowest one that is free from the start of the span on. It takes
 * n log n: a heap of ends, and one of free lanes.
 */
export function packed(spans: readonly Span[]): { readonly lanes: readonly number[]; readonly count: number } {
  const lanes = new Array<number>(spans.length).fill(0);
  const busy = heap<{ readonly end: number; readonly lane: number }>(
    (one, other) => one.end - other.end || one.lane - other.lane,
  );
  const free = heap<number>((one, other) => one - other);
  let count = 0;
  const byStart = spans.map((span, index) => ({ ...span, index })).sort((one, other) => one.from - other.from);
  for (const { from, to, index } of byStart) {
    for (let first = busy.first(); first && first.end <= from; first = busy.first()) {
      free.add(first.lane);
      busy.take();
    }
    const lane = free.take() ?? count++;
    lanes[index] = lane;
    busy.add({ end: Math.max(to, from), lane });
  }
  return { lanes, count };
}

interface Heap<Item> {
  readonly add: (item: Item) => void;
  readonly first: () => Item | undefined;
  readonly take: () => Item | undefined;
}

function heap<Item>(compare: (one: Item, other: Item) => number): Heap<Item> {
  const items: Item[] = [];
  const at = (index: number): Item => items[index] as Item;
  const swap = (one: number, other: number): void => {
    [items[one], items[other]] = [at(other), at(one)];
  };
  const isLess = (one: number, other: number): boolean => other < items.length && compare(at(one), at(other)) < 0;
  return {
    add(item) {
      items.push(item);
      for (let index = items.length - 1, up = (index - 1) >> 1; index > 0 && isLess(index, up); up = (index - 1) >> 1) {
        swap(index, up);
        index = up;
      }
    },
    first: () => items[0],
    take() {
      const [first] = items;
      const last = items.pop();
      if (items.length === 0 || last === undefined) return first;
      items[0] = last;
      for (let index = 0; ;) {
        const [left, right] = [2 * index + 1, 2 * index + 2];
        const least = right < items.length && isLess(right, left) ? right : left;
        if (least >= items.length || !isLess(least, index)) return first;
        swap(index, least);
        index = least;
      }
    },
  };
}
