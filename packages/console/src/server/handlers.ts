/** Refusal of a question or an action that is wrong or cannot be done: the message is a sentence for people, with the fix. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/**
 * Answers a question, or does something; it checks its input, which comes from a page.
 *
 * @throws Refused
 */
export type Handler = (what: unknown) => Promise<unknown>;

/** Handlers by kind. */
export type Handlers = Readonly<Record<string, Handler>>;
