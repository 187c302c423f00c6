/** Answer to a question of a page: JSON that the kind of the question defines. */
export interface AnswerModel {
  /** For example `metrics`. */
  readonly kind: string;
  /** JSON text of the question, as the page asks it. */
  readonly question: string;
  readonly answer: unknown;
}
