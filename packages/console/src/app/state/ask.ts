import { snapshot } from './store.ts';

/** How the page talks to the one who serves it. */
export interface Server {
  /** @throws Error with a sentence for people */
  readonly ask: (kind: string, question: unknown) => Promise<unknown>;
  /** @throws Error with a sentence for people */
  readonly act: (kind: string, what: unknown) => Promise<unknown>;
}

/** Who serves the page; undefined for a file from disk. */
let server: Server | undefined;

/** Says who serves the page, before anything is drawn. */
export function talkTo(next: Server): void {
  server = next;
}

/**
 * Answer to a question: of the server, or out of the file.
 *
 * @throws Error with a sentence for people
 */
export async function ask(kind: string, question: unknown): Promise<unknown> {
  if (server) return server.ask(kind, question);
  const text = JSON.stringify(question);
  const found = snapshot.value?.answers.find((each) => each.kind === kind && each.question === text);
  if (found) return found.answer;
  throw new Error('This file does not contain it. A served page has it: npx crosswind console');
}

/**
 * Does something in the sandbox.
 *
 * @throws Error with a sentence for people
 */
export async function act(kind: string, what: unknown): Promise<unknown> {
  if (server) return server.act(kind, what);
  throw new Error('A file cannot do anything. Copy the command instead.');
}
