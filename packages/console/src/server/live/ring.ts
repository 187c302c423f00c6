import type { Patch } from '../../models/patches/patch.ts';

/** Patches of one collection as they are sent. */
export interface RingEntry {
  readonly number: number;
  readonly text: string;
  /** Those that a hidden page takes; undefined for none. */
  readonly lightText: string | undefined;
}

/** The newest patches, for clients that were away for a while. */
export interface Ring {
  /** Number of the newest entry; 0 before the first. */
  readonly newest: () => number;
  readonly add: (patches: readonly Patch[]) => void;
  /** The entry with a number; undefined if it is no longer there, or not yet. */
  readonly at: (number: number) => RingEntry | undefined;
  /** True if every entry after a number is still there. */
  readonly goesOnAfter: (number: number) => boolean;
}

export interface RingLimits {
  readonly entries: number;
  readonly characters: number;
}

/** Entries, and characters of all of them together. */
export const ringLimits: RingLimits = { entries: 4_096, characters: 32_000_000 };

const light: readonly Patch['kind'][] = ['time', 'executions', 'verdicts'];

/** A ring without entries. */
export function openRing({ entries: most, characters: mostCharacters }: RingLimits = ringLimits): Ring {
  const entries: RingEntry[] = [];
  let newest = 0;
  let characters = 0;
  const isFull = (): boolean => entries.length > most || (characters > mostCharacters && entries.length > 1);
  return {
    newest: () => newest,
    add(patches) {
      newest += 1;
      const text = JSON.stringify(patches);
      const few = patches.filter(({ kind }) => light.includes(kind));
      entries.push({ number: newest, text, lightText: few.length === 0 ? undefined : JSON.stringify(few) });
      characters += text.length;
      while (isFull()) characters -= entries.shift()?.text.length ?? 0;
    },
    at: (number) => entries[number - newest + entries.length - 1],
    goesOnAfter: (number) => number <= newest && number >= newest - entries.length,
  };
}
