import { text } from 'node:stream/consumers';
import { denialMessage } from '../../policies/iam/denial-message.ts';
import type { RequestContext } from '../../policies/iam/request.ts';
import { credentialsOf, type Service, signedFor } from '../endpoint.ts';
import type { Sessions } from '../iam/sessions.ts';

/** STS over HTTP, the query protocol: AssumeRole. */
export function stsService(sessions: Sessions, now: () => number): Service {
  return {
    handles: (request) => signedFor(request) === 'sts',
    answer: async (request, response) => {
      const parameters = new URLSearchParams(await text(request));
      const { accessKeyId, token } = credentialsOf(request);
      const caller = sessions.authenticate(accessKeyId, token);
      const fail = (status: number, code: string, message: string): void => {
        response
          .writeHead(status, { 'content-type': 'text/xml' })
          .end(
            `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escape(message)}</Message></Error></ErrorResponse>`,
          );
      };
      if (!caller) {
        fail(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.');
        return;
      }
      if (parameters.get('Action') !== 'AssumeRole') {
        fail(501, 'NotImplemented', `the simulated STS does not know ${parameters.get('Action') ?? 'this request'}`);
        return;
      }
      const roleArn = parameters.get('RoleArn') ?? '';
      const externalId = parameters.get('ExternalId');
      const context: RequestContext = externalId === null ? {} : { 'sts:ExternalId': externalId };
      const assumed = sessions.assumeRole(caller, roleArn, parameters.get('RoleSessionName') ?? 'session', context);
      if (!assumed.ok) {
        const wanted = { principal: caller, action: 'sts:AssumeRole', resource: roleArn, resourceAccount: '', context };
        fail(403, 'AccessDenied', denialMessage(wanted, assumed.denied));
        return;
      }
      const { accessKeyId: id, secretAccessKey, sessionToken } = sessions.credentials(assumed.session);
      const expiration = new Date(now() + 3_600_000).toISOString();
      const credentials = `<Credentials><AccessKeyId>${id}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>${expiration}</Expiration></Credentials>`;
      const user = `<AssumedRoleUser><Arn>${assumed.session.sessionArn}</Arn><AssumedRoleId>AROASIMULATED:session</AssumedRoleId></AssumedRoleUser>`;
      response
        .writeHead(200, { 'content-type': 'text/xml' })
        .end(
          `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>${credentials}${user}</AssumeRoleResult></AssumeRoleResponse>`,
        );
    },
  };
}

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
