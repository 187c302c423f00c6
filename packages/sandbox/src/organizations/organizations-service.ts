import type { IncomingMessage } from 'node:http';
import type { Principal } from '@crosswind/iam/principal';
import type { HttpService } from '../endpoint.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Arrival } from '../signatures/arrival.ts';
import { jsonRefusal } from '../signatures/refusal.ts';
import { OrganizationsError } from './organizations-error.ts';
import type { Body, OrganizationApi } from './operation.ts';
import { ORGANIZATIONS_OPERATIONS } from './operations.ts';
import { resourcesIn } from './policy-targets.ts';
import type { SimulatedOrganization } from './simulated-organization.ts';

/** Dependencies of the service. */
export interface OrganizationsServicePorts {
  /** Undefined where the simulated accounts are in no organization. */
  readonly api: OrganizationApi | undefined;
  readonly authorize: Authorize;
}

const target = /^AWSOrganizationsV20161128\.(\w+)$/;

/** Requests of Organizations are small; this is what the sandbox takes of every JSON protocol. */
const maximumBytes = 1_048_576;

/** AWS Organizations' JSON 1.1 protocol for the SDK and the AWS CLI; who may ask is decided by the deployed policies. */
export function organizationsService(ports: OrganizationsServicePorts): HttpService {
  return {
    signingName: 'organizations',
    operations: [...ORGANIZATIONS_OPERATIONS.keys()],
    maximumBytes,
    handles: (incoming) => target.test(targetOf(incoming)),
    answer: (arrival, response) => {
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      const { sender } = arrival;
      if (sender.kind === 'refused') {
        const { code, message, status } = jsonRefusal(sender.refusal, 400);
        response.writeHead(status).end(JSON.stringify({ __type: code, Message: message }));
        return Promise.resolve();
      }
      try {
        response.end(JSON.stringify(answer(ports, arrival, sender.principal)));
      } catch (error) {
        const known = error instanceof OrganizationsError;
        if (known && error.code === 'NotImplemented') arrival.notSimulated();
        response.statusCode = known ? 400 : 500;
        const message = known ? error.message : `the simulated AWS Organizations failed: ${String(error)}`;
        response.end(JSON.stringify({ __type: known ? error.code : 'ServiceException', Message: message }));
      }
      return Promise.resolve();
    },
  };
}

const targetOf = ({ headers }: IncomingMessage): string => [headers['x-amz-target']].flat()[0] ?? '';

function answer(ports: OrganizationsServicePorts, { incoming, body: bytes }: Arrival, principal: Principal): Body {
  const name = target.exec(targetOf(incoming))?.[1] ?? '';
  const body = bodyOf(bytes.toString());
  const operation = ORGANIZATIONS_OPERATIONS.get(name);
  if (!operation) {
    const message = `${name} is not implemented by the simulated AWS Organizations (see docs/sandbox-support.md)`;
    throw new OrganizationsError('NotImplemented', message);
  }
  const { api } = ports;
  if (!api || !isMember(api.organization, principal))
    throw new OrganizationsError(
      'AWSOrganizationsNotInUseException',
      'Your account is not a member of an organization.',
    );
  permit(ports, principal, name, api, body);
  return operation(api, body);
}

/** True for a caller in an account of the organization. */
const isMember = ({ managementAccount, accounts }: SimulatedOrganization, principal: Principal): boolean =>
  'account' in principal &&
  (principal.account === managementAccount || accounts.some(({ id }) => id === principal.account));

/** Operations that every member account may call (API_DescribeOrganization). */
const ofEveryMember = ['DescribeOrganization'];

/** Organizations answers the management account, and members about little; delegated administrators are not modelled. */
function permit(
  { authorize }: OrganizationsServicePorts,
  principal: Principal,
  name: string,
  api: OrganizationApi,
  body: Body,
): void {
  const action = `organizations:${name}`;
  const isOwn = ofEveryMember.includes(name) && 'account' in principal;
  const resourceAccount = isOwn ? principal.account : api.organization.managementAccount;
  for (const resource of resourcesIn(api, body)) {
    if (authorize({ principal, action, resource, resourceAccount, context: {} }).allowed) continue;
    throw new OrganizationsError('AccessDeniedException', "You don't have permissions to access this resource.");
  }
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
