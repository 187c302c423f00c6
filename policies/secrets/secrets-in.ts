import { isArray, isObject, isUnresolved, type Json } from '@crosswind/aws/json';
import { isSecretName, looksRandom } from './secret-names.ts';

/** A secret and where it is. It never holds the secret itself. */
export interface SecretPlace {
  readonly property: string;
  readonly message: string;
}

/** Forms of secrets that services give out, each with the page that describes it. */
const forms: readonly (readonly [what: string, form: RegExp])[] = [
  // IAM User Guide, "Unique identifiers": AKIA of users, ASIA of sessions.
  ['an AWS access key id', /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])/],
  // RFC 7468, and the headers of OpenSSH, OpenSSL and PGP.
  ['a private key', /-----BEGIN (?:[A-Z0-9]{1,16} ){0,4}PRIVATE KEY(?: BLOCK)?-----/],
  // https://github.blog/engineering/behind-githubs-new-authentication-token-formats/
  ['a GitHub token', /(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})/],
  // https://docs.gitlab.com/security/tokens/#token-prefixes
  ['a GitLab token', /(?<![A-Za-z0-9_-])gl(?:pat|dt|ptt|rt|cbt)-[A-Za-z0-9_-]{20,}/],
  // https://docs.slack.dev/authentication/tokens
  ['a Slack token', /(?<![A-Za-z0-9])xox[a-z]-[A-Za-z0-9-]{10,}|(?<![A-Za-z0-9])xapp-\d-[A-Za-z0-9-]{10,}/],
  // https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks: the URL holds the secret.
  ['a Slack webhook', /hooks\.slack\.com\/services\/T[A-Z0-9]+\/B[A-Z0-9]+\/[A-Za-z0-9]+/],
  // https://docs.stripe.com/keys
  ['a Stripe key', /(?<![A-Za-z0-9])[sr]k_live_[A-Za-z0-9]{16,}/],
  // https://docs.npmjs.com/about-access-tokens
  ['an npm token', /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/],
  // RFC 7519: a signed token has three parts, and the first two are JSON objects.
  ['a signed token', /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/],
  // RFC 3986, 3.2.1: user information of a URL, with a password.
  ['a password in a URL', /:\/\/[^\s/:@?#"']{0,256}:(?!<|\$|\{|%s|\*+@)[^\s/@?#"']{1,256}@[A-Za-z0-9[]/],
];

/** Secrets in a value, each with its place. Text that holds JSON is looked into. */
export function secretsIn(value: Json, property: string): readonly SecretPlace[] {
  return found(value, property);
}

function found(value: Json, property: string, name = ''): readonly SecretPlace[] {
  if (typeof value === 'string') return inText(value, property, name);
  if (isArray(value)) return value.flatMap((item, index) => found(item, `${property}.${index}`, name));
  if (!isObject(value)) return [];
  const { Name: given, Value: paired, Type: kind } = value;
  // CodeBuild and ECS list variables as pairs; CodeBuild may name a parameter or a secret instead of a value.
  const isPair = typeof given === 'string' && typeof paired === 'string';
  if (isPair && (kind === 'SECRETS_MANAGER' || kind === 'PARAMETER_STORE')) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    found(inner, `${property}.${key}`, isPair && key === 'Value' ? given : key),
  );
}

function inText(text: string, property: string, name: string): readonly SecretPlace[] {
  // A dynamic reference names where CloudFormation finds the value ("Get values stored in other services").
  const literal = text.replace(/\{\{resolve:[^}]*\}\}/g, '<resolve>');
  const [what] = forms.find(([, form]) => form.test(literal)) ?? [];
  if (what !== undefined) return [placed(property, what, literal)];
  const inner = /^\s*[{[]/.test(literal) ? parsed(literal) : undefined;
  if (inner !== undefined) return found(inner, property, name);
  const isKnown = literal !== '' && !isUnresolved(literal) && !literal.includes('<resolve>');
  return isKnown && isSecretName(name) && looksRandom(name, literal)
    ? [placed(property, `the value of a secret called ${name}`, literal)]
    : [];
}

const placed = (property: string, what: string, text: string): SecretPlace => ({
  property,
  message: `${property} holds what looks like ${what} (in a text of ${text.length} characters, which is not printed)`,
});

/** The object or list that a text holds. */
function parsed(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}
