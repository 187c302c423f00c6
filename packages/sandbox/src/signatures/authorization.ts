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
  const credential = fields.get('Credential') ?? '';
  const [accessKeyId = '', date = '', region = '', service = '', end, ...more] = credential.split('/');
  if (end !== 'aws4_request' || more.length > 0 || [accessKeyId, date, region, service].includes('')) {
    const form = `'<access key>/YYYYMMDD/<region>/<service>/aws4_request'`;
    return {
      missing: `Credential must have exactly 5 slash-delimited elements, expected ${form}, got '${credential}'.`,
    };
  }
  return {
    accessKeyId,
    date,
    region,
    service,
    signedHeaders: (fields.get('SignedHeaders') ?? '').split(';'),
    signature: fields.get('Signature') ?? '',
  };
}

/** The service that a request says it is signed for, true or not; undefined where it is not signed. */
export function signedFor({ headers }: { readonly headers: { readonly authorization?: string } }): string | undefined {
  return /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1];
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
