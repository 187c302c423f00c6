// Plain JavaScript, because the worker that imports it starts without a loader.
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { urlToHttpOptions } from 'node:url';

const path = '/cloudformation-response/';

/**
 * Lets functions answer CloudFormation as they do on AWS: by HTTPS at port 443, whatever port and protocol the address
 * has (AWS: "cfn-response module"). What they send to such an address of the endpoint is sent by HTTP at its own port.
 * @param {string} endpointUrl
 */
export function answerCloudFormationAt(endpointUrl) {
  const { hostname, port } = new URL(endpointUrl);
  const { request } = https;
  https.request = (...args) => {
    const [target, ...rest] = args;
    const isUrl = typeof target === 'string' || target instanceof URL;
    const given = isUrl ? urlToHttpOptions(new URL(target)) : target;
    const options = isUrl && typeof rest[0] === 'object' ? { ...given, ...rest[0] } : given;
    const isAnswer = (options.hostname ?? options.host) === hostname && String(options.path).startsWith(path);
    if (!isAnswer) return request(...args);
    const [callback] = rest.filter((each) => typeof each === 'function');
    return http.request({ ...options, protocol: 'http:', port, agent: undefined }, callback);
  };
  syncBuiltinESMExports();
}
