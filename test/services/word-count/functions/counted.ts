/** Texts and words of a batch, or of all of them. */
export interface Counted {
  readonly objects: number;
  readonly words: number;
}
