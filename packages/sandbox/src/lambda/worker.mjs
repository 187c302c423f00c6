// The thread of a function: loads the bundle as it is and answers invocations, one at a time.
// Plain JavaScript, so that it starts without a loader.
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { pathToFileURL } from 'node:url';
import { beginInvocation, lambdaConsole } from './lambda-console.mjs';
import { answerCloudFormationAt } from './response-address.mjs';

const { module, handlerName } = workerData;
const { AWS_ENDPOINT_URL: endpointUrl } = process.env;
if (endpointUrl) answerCloudFormationAt(endpointUrl);
lambdaConsole(process.stdout);

const describe = (error) => ({
  errorType: error instanceof Error ? String(error.name) : 'Error',
  errorMessage: error instanceof Error ? String(error.message) : String(error),
  trace: error instanceof Error ? String(error.stack).split('\n') : [],
});

const unusable = (errorType, errorMessage) => ({ error: { errorType, errorMessage, trace: [] } });

/** Exports of the module. For CommonJS all of them, where `import` sees only the names that it finds in the text. */
const exportsOf = (namespace) => {
  const commonJs = createRequire(import.meta.url).cache[realpathSync(module)];
  return commonJs ? { ...namespace, ...commonJs.exports } : namespace;
};

/** @type {Promise<{handler?: Function, error?: object}>} */
const loaded = import(pathToFileURL(module).href).then(
  (namespace) => {
    const handler = exportsOf(namespace)[handlerName];
    if (typeof handler !== 'function') {
      return unusable('Runtime.HandlerNotFound', `${handlerName} is undefined or not exported`);
    }
    if (handler.length > 2) {
      return unusable('Sandbox.NotSupported', `${handlerName} takes a callback, which the sandbox does not support`);
    }
    return { handler };
  },
  (error) => ({ error: { ...describe(error), errorType: 'Runtime.ImportModuleError' } }),
);

void loaded.then(() => parentPort.postMessage('ready'));

/** Resolves when the parent has taken in everything written so far: answers must not overtake the log. */
const flushed = () =>
  Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))));

parentPort.on('message', async ({ event, context, crash, startedAt }) => {
  beginInvocation(context.awsRequestId, startedAt);
  const { handler, error } = await loaded;
  if (error) return parentPort.postMessage({ error });
  // A crash takes the answer with it, however soon there is one.
  const answer = crash ? () => undefined : (message) => flushed().then(() => parentPort.postMessage(message));
  if (crash) setTimeout(() => process.exit(134), 20);
  try {
    const deadline = Date.now() + context.timeoutMilliseconds;
    const result = await handler(JSON.parse(event), {
      ...context,
      getRemainingTimeInMillis: () => deadline - Date.now(),
    });
    answer({ payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    answer({ error: describe(error) });
  }
});
