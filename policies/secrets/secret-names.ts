/** Last words of names whose values are passwords: any literal counts. */
const passwords = new Set(['password', 'passwd', 'passphrase', 'pwd', 'pw']);

/** Last words of names whose values are secrets if they look made by chance: names and settings share these words. */
const secrets = new Set([
  'secret',
  'token',
  'credential',
  'credentials',
  'apikey',
  'secretkey',
  'secretstring',
  'auth',
]);

/** Two last words of names whose values are secrets if they look made by chance. */
const keys =
  /^(api|access|private|secret|signing|encryption|auth|master|shared|session|webhook|account|license)(key|token|string)$/;

/** Words of a name: `DB_PASSWORD`, `dbPassword` and `db-password` alike. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !/^\d+$/.test(word));

/** True for a name such as `DB_PASSWORD`; `SECRET_ARN` and `TOKEN_TTL` name something else. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  return isPassword(last) || secrets.has(last) || keys.test(words.slice(-2).join(''));
}

const isPassword = (word: string): boolean => passwords.has(word) || /.(password|passwd)$/.test(word);

/** Shortest text that can be a secret made by chance. Passwords are whatever people choose. */
const shortest = 16;
/** Bits of Shannon entropy in each character above which a text reads like chance; words of a language have about 3. */
const leastEntropy = 3;

/** True for a value that reads like a secret under this name, and not like a name, place or expression. */
export function looksRandom(name: string, value: string): boolean {
  if (isReference(value)) return false;
  if (isPassword(wordsOf(name).at(-1) ?? '')) return true;
  return (
    value.length >= shortest &&
    !/\s/.test(value) &&
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    entropyOf(value) > leastEntropy
  );
}

/** An ARN, a path, a URL, an expression of a workflow or a template: it says where a value is. */
const isReference = (value: string): boolean =>
  /^(arn:|\/|\.{1,2}\/|[a-z][a-z0-9+.-]*:\/\/|\$|\{%|<|%[A-Z_]+%$)/.test(value) || /^\*+$/.test(value);

function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
