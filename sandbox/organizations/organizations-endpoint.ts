import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Principal } from '../../policies/iam/principal.ts';
import { credentialsOf } from '../endpoint.ts';
import type { Authorize } from '../iam/authorizer.ts';
import { OrganizationsError } from './organizations-error.ts';
import { type Body, ORGANIZATIONS_OPERATIONS } from './operations.ts';
import type { SimulatedOrganization } from './simulated-organization.ts';

/** What the endpoint needs from outside. */
export interface OrganizationsEndpointPorts {
  /** Undefined where the simulated accounts are in no organization. */
  readonly organization: SimulatedOrganization | undefined;
  readonly authorize: Authorize;
  readonly authenticate: (accessKeyId: string, sessionToken: string | undefined) => Principal | undefined;
}

const target = /^AWSOrganizationsV20161128\.(\w+)$/;

/** Whether a request is for AWS Organizations: the JSON protocol names the service in a header. */
export const isForOrganizations = ({ headers }: IncomingMessage): boolean =>
  target.test([headers['x-amz-target']].flat()[0] ?? '');

/** AWS Organizations' JSON 1.1 protocol for the SDK and the AWS CLI; who may ask is decided by the deployed policies. */
export function organizationsEndpoint(
  ports: OrganizationsEndpointPorts,
): (incoming: IncomingMessage, response: ServerResponse) => Promise<void> {
  let requests = 0;
  return async (incoming, response) => {
    response.setHeader('x-amzn-requestid', `SIMULATED${String(++requests).padStart(7, '0')}`);
    response.setHeader('server', 'crosswind (simulated)');
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    try {
      response.end(JSON.stringify(await answer(ports, incoming)));
    } catch (error) {
      const known = error instanceof OrganizationsError;
      response.statusCode = known ? 400 : 500;
      const message = known ? error.message : `the simulated AWS Organizations failed: ${String(error)}`;
      response.end(JSON.stringify({ __type: known ? error.code : 'ServiceException', Message: message }));
    }
  };
}

async function answer(ports: OrganizationsEndpointPorts, incoming: IncomingMessage): Promise<Body> {
  const name = target.exec([incoming.headers['x-amz-target']].flat()[0] ?? '')?.[1] ?? '';
  const body = bodyOf(await text(incoming));
  const operation = ORGANIZATIONS_OPERATIONS.get(name);
  if (!operation) {
    const message = `${name} is not implemented by the simulated AWS Organizations (see docs/sandbox-support.md)`;
    throw new OrganizationsError('NotImplemented', message);
  }
  const principal = callerOf(incoming, ports);
  const { organization } = ports;
  if (!organization)
    throw new OrganizationsError(
      'AWSOrganizationsNotInUseException',
      'Your account is not a member of an organization.',
    );
  permit(ports, principal, name, organization);
  return operation(organization, body);
}

function callerOf(incoming: IncomingMessage, { authenticate }: OrganizationsEndpointPorts): Principal {
  const { accessKeyId, token } = credentialsOf(incoming);
  if (accessKeyId === '')
    throw new OrganizationsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const principal = authenticate(accessKeyId, token);
  if (principal) return principal;
  throw new OrganizationsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
}

/** Organizations answers the management account; delegated administrators are not modelled. */
function permit(
  { authorize }: OrganizationsEndpointPorts,
  principal: Principal,
  name: string,
  { managementAccount }: SimulatedOrganization,
): void {
  const action = `organizations:${name}`;
  const decision = authorize({ principal, action, resource: '*', resourceAccount: managementAccount, context: {} });
  if (decision.allowed) return;
  throw new OrganizationsError('AccessDeniedException', "You don't have permissions to access this resource.");
}

function bodyOf(json: string): Body {
  try {
    const body: unknown = JSON.parse(json === '' ? '{}' : json);
    if (typeof body === 'object' && body !== null) return { ...body };
  } catch {
    // Falls through to the same refusal as JSON that is no object.
  }
  throw new OrganizationsError('InvalidInputException', 'The body of the request is no JSON object.');
}
