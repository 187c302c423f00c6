import { setTimeout as sleep } from 'node:timers/promises';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { globalRegionOf, type Partition, partitionOf } from '@crosswind/aws/partition';

/** A request to a service whose client is not installed. */
export interface AwsRequest {
  /** Name of the service in its host name and signature. */
  readonly service: string;
  readonly region: string;
  /** @default 'POST' */
  readonly method?: 'GET' | 'POST';
  /** @default '/' */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A client of the SDK, for its credentials and its signer. */
type SigningClient = SSMClient | SFNClient;

/** An error that a service answers with; its name is the service's code. */
export class AwsAnswer extends Error {
  override readonly name: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}

/** DNS suffix of each partition, and where IAM answers there (partitions and endpoint rules of the AWS SDK). */
const partitions: Readonly<Record<Partition, readonly [suffix: string, iamHost: string]>> = {
  aws: ['amazonaws.com', 'iam.amazonaws.com'],
  'aws-cn': ['amazonaws.com.cn', 'iam.cn-north-1.amazonaws.com.cn'],
  'aws-eusc': ['amazonaws.eu', 'iam.eusc-de-east-1.amazonaws.eu'],
  'aws-iso': ['c2s.ic.gov', 'iam.us-iso-east-1.c2s.ic.gov'],
  'aws-iso-b': ['sc2s.sgov.gov', 'iam.us-isob-east-1.sc2s.sgov.gov'],
  'aws-iso-e': ['cloud.adc-e.uk', 'iam.eu-isoe-west-1.cloud.adc-e.uk'],
  'aws-iso-f': ['csp.hci.ic.gov', 'iam.us-isof-south-1.csp.hci.ic.gov'],
  'aws-us-gov': ['amazonaws.com', 'iam.us-gov.amazonaws.com'],
};

/** Attempts at a request that AWS throttles or does not answer. */
const attempts = 5;
const firstPauseMilliseconds = 200;

/**
 * Sends a request with the credentials of a client of the SDK, and its signer, and returns the text of the answer.
 * @param endpoint another place than AWS
 * @throws AwsAnswer with the code of the service
 */
export async function sendSigned(client: SigningClient, request: AwsRequest, endpoint?: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const answered = await once(client, request, endpoint).catch((error: unknown) => {
      if (attempt < attempts && isUnreachable(error)) return undefined;
      throw error;
    });
    if (answered?.ok) return answered.text;
    if (answered && !(attempt < attempts && isTransient(answered.status, answered.error.name))) throw answered.error;
    await sleep(firstPauseMilliseconds * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
  }
}

type Answered =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly status: number; readonly error: AwsAnswer };

async function once(client: SigningClient, request: AwsRequest, endpoint: string | undefined): Promise<Answered> {
  const { service, method = 'POST', path = '/', headers = {}, body } = request;
  const [suffix, iamHost] = partitions[partitionOf(request.region)];
  const isGlobal = service === 'iam';
  const signingRegion = isGlobal ? globalRegionOf(request.region) : request.region;
  const url = new URL(endpoint ?? `https://${isGlobal ? iamHost : `${service}.${request.region}.${suffix}`}`);
  const signer = await client.config.signer();
  const unsigned = {
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port !== '' && { port: Number(url.port) }),
    path,
    query: {},
    headers: { host: url.host, ...headers },
    body,
  };
  const signed = await signer.sign(unsigned, { signingRegion, signingService: service });
  // The host is that of the address: fetch sets it.
  const sent = Object.fromEntries(Object.entries(signed.headers).filter(([name]) => name !== 'host'));
  const response = await fetch(new URL(path, url), { method, headers: sent, body });
  const text = await response.text();
  if (response.ok) return { ok: true, text };
  return { ok: false, status: response.status, error: errorIn(text, response) };
}

/** The code and message of an answer in any of AWS's protocols. */
function errorIn(text: string, { status, headers }: Response): AwsAnswer {
  const xmlCode = textIn(text, 'Code');
  if (xmlCode !== undefined) return new AwsAnswer(xmlCode, textIn(text, 'Message') ?? xmlCode);
  const body = jsonIn(text);
  const code = headers.get('x-amzn-errortype') ?? body['__type'] ?? `HTTP ${status}`;
  const message = body['message'] ?? body['Message'] ?? text;
  return new AwsAnswer(code.replace(/^.*#/, '').replace(/:.*$/, ''), message);
}

function jsonIn(text: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, string>>;
  } catch {
    return {};
  }
}

const isTransient = (status: number, code: string): boolean => status >= 500 || /Throttl|TooManyRequests/.test(code);

const isUnreachable = (error: unknown): boolean => error instanceof TypeError && error.message === 'fetch failed';

/** Text of the first element of that name in XML without attributes. */
export const textIn = (xml: string, name: string): string | undefined => elementsIn(xml, name)[0];

/** Content of each element of that name, its entities resolved. Elements of one name do not nest in AWS's answers. */
export const elementsIn = (xml: string, name: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^]*?)</${name}>`, 'g'))].map(([, content = '']) => unescaped(content));

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

const unescaped = (text: string): string =>
  text.includes('<')
    ? text
    : text.replace(/&(lt|gt|quot|apos|amp);/g, (whole, name: string) => entities[name] ?? whole);
