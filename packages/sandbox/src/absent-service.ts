import type { Service } from './endpoint.ts';
import { signedFor } from './signatures/authorization.ts';
import { element, leaf } from './xml.ts';

/** Answers what is signed for a service that is not simulated, by its name and in the protocol of the request; S3 takes what is left. */
export function absentService(): Service {
  return {
    signingName: '',
    maximumBytes: 0,
    handles: (request) => ![undefined, 's3'].includes(signedFor(request)),
    answer: ({ incoming }, response) => {
      const code = 'NotImplemented';
      const message = `the sandbox does not simulate ${signedFor(incoming) ?? 'this service'} (see docs/sandbox-support.md)`;
      const isJson = 'x-amz-target' in incoming.headers || incoming.headers['content-type']?.includes('json') === true;
      response
        .writeHead(501, {
          server: 'crosswind (simulated)',
          'x-amzn-errortype': code,
          'content-type': isJson ? 'application/json' : 'text/xml',
        })
        .end(
          isJson
            ? JSON.stringify({ __type: code, message })
            : element('ErrorResponse', element('Error', leaf('Code', code), leaf('Message', message))),
        );
      return Promise.resolve();
    },
  };
}
