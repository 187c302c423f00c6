/** Input that cannot be shown: the message names the place, what came, what was expected, and the fix. */
export class WrongInput extends Error {
  override readonly name: string = 'WrongInput';
}

/** Documents that can be read, without the history that they describe: more input makes them complete. */
export class MissingHistory extends WrongInput {
  override readonly name = 'MissingHistory';
}

/** The first characters of something, in quotes. */
export function quoted(text: string, most = 40): string {
  return JSON.stringify(text.length > most ? `${text.slice(0, most)}…` : text);
}
