import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox } from '../../../src/sandbox.ts';
import { signedHeaders } from '../../signed-request.ts';
import { account } from './client.ts';

/** A call of an operation: in JSON, as a form, or to an address. */
export type Call =
  | { readonly target: string; readonly body: JsonObject }
  | { readonly action: string; readonly form: Readonly<Record<string, string>> }
  | { readonly put: string; readonly body: JsonObject };

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Calls a service past CloudFormation as the person of the account, and returns status and body. */
export async function callAs(
  sandbox: Sandbox,
  service: string,
  call: Call,
  role = 'person',
): Promise<{ readonly status: number; readonly text: string }> {
  const { method, url, headers, body } = requestOf(sandbox.endpointUrl, call);
  const roleArn = `arn:aws:iam::${account}:role/${role}`;
  const sessionArn = `arn:aws:sts::${account}:assumed-role/${role}/me`;
  const credentials = sandbox.sessions.credentials({ kind: 'role', roleArn, sessionArn, account });
  const signed = signedHeaders({ method, url, headers, body }, { credentials, service });
  const response = await fetch(url, { method, headers: signed, body });
  return { status: response.status, text: await response.text() };
}

function requestOf(endpointUrl: string, call: Call): Sent {
  if ('put' in call) {
    const headers = { 'content-type': 'application/json' };
    return { method: 'PUT', url: `${endpointUrl}${call.put}`, headers, body: JSON.stringify(call.body) };
  }
  if ('action' in call) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ Action: call.action, ...call.form }).toString();
    return { method: 'POST', url: `${endpointUrl}/`, headers, body };
  }
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': call.target };
  return { method: 'POST', url: `${endpointUrl}/`, headers, body: JSON.stringify(call.body) };
}
