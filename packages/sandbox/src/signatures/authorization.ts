/** Content of a request's header `Authorization` (AWS: "Elements of an AWS API request signature"). */
export interface Authorization {
  readonly accessKeyId: string;
  /** `20260102` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** In lower case, as the client lists them. */
  readonly signedHeaders: readonly string[];
  /** Hexadecimal. */
  readonly signature: string;
  /** For a presigned URL, how long the signature is valid from its time on. */
  readonly expiresSeconds?: number;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** Reads the header; of one that cannot be read it says what is missing. */
export function authorizationOf(header: string): Authorization | { readonly missing: string } {
  const [algorithm, rest] = splitOnce(header.trim(), ' ');
  if (algorithm !== ALGORITHM) {
    return { missing: `The authorization mechanism you have provided is not supported. Please use ${ALGORITHM}.` };
  }
  const fields = new Map(rest.split(',').map((field) => splitOnce(field.trim(), '=')));
  const absent = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !fields.get(name));
  if (absent.length > 0) {
    return { missing: absent.map((name) => `Authorization header requires '${name}' parameter.`).join(' ') };
  }
  const scope = scopeOf(fields.get('Credential') ?? '');
  if ('missing' in scope) return scope;
  return {
    ...scope,
    signedHeaders: (fields.get('SignedHeaders') ?? '').split(';'),
    signature: fields.get('Signature') ?? '',
  };
}

const week = 604_800;

/** Reads the signature that a presigned URL has in its query (AWS: "Authenticating requests: using query parameters"). */
export function authorizationInQuery(query: URLSearchParams): Authorization | { readonly missing: string } {
  const names = ['Algorithm', 'Credential', 'Signature', 'Date', 'SignedHeaders', 'Expires'];
  const [algorithm, credential = '', signature = '', , signedHeaders = '', expires = ''] = names.map(
    (name) => query.get(`X-Amz-${name}`) ?? undefined,
  );
  if (names.some((name) => !query.get(`X-Amz-${name}`))) {
    const list = names.map((name) => `X-Amz-${name}`);
    return {
      missing: `Query-string authentication version 4 requires the ${list.slice(0, -1).join(', ')}, and ${list.at(-1) ?? ''} parameters.`,
    };
  }
  if (algorithm !== ALGORITHM) return { missing: `X-Amz-Algorithm only supports "${ALGORITHM}"` };
  const scope = scopeOf(credential);
  if ('missing' in scope) return scope;
  if (!/^\d+$/.test(expires)) return { missing: 'X-Amz-Expires should be a number' };
  if (Number(expires) > week) {
    return {
      missing: `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${week} seconds`,
    };
  }
  return { ...scope, signedHeaders: signedHeaders.split(';'), signature, expiresSeconds: Number(expires) };
}

type Scope = Pick<Authorization, 'accessKeyId' | 'date' | 'region' | 'service'>;

function scopeOf(credential: string): Scope | { readonly missing: string } {
  const [accessKeyId = '', date = '', region = '', service = '', end, ...more] = credential.split('/');
  if (end === 'aws4_request' && more.length === 0 && ![accessKeyId, date, region, service].includes('')) {
    return { accessKeyId, date, region, service };
  }
  const form = `'<access key>/YYYYMMDD/<region>/<service>/aws4_request'`;
  return {
    missing: `Credential must have exactly 5 slash-delimited elements, expected ${form}, got '${credential}'.`,
  };
}

/** The parameters of a URL. */
export const queryOf = (url = ''): URLSearchParams => new URLSearchParams(url.split('?').slice(1).join('?'));

/** True for a URL with a signature in its query. */
export const isPresigned = (query: URLSearchParams): boolean =>
  query.has('X-Amz-Algorithm') || query.has('X-Amz-Signature');

interface MaybeSigned {
  readonly url?: string;
  readonly headers: { readonly authorization?: string };
}

/** The service that a request says it is signed for, true or not; undefined where it is not signed. */
export function signedFor({ url, headers }: MaybeSigned): string | undefined {
  const inHeader = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1];
  return inHeader ?? queryOf(url).get('X-Amz-Credential')?.split('/')[3];
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
