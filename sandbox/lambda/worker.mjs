// The inside of one Lambda execution environment: loads the bundle as it is and answers invocations, one at a time.
// Plain JavaScript, so that the worker starts without a loader.
import { parentPort, workerData } from 'node:worker_threads';
import { pathToFileURL } from 'node:url';

const { module, handlerName } = workerData;

const describe = (error) => ({
  errorType: error instanceof Error ? error.name : 'Error',
  errorMessage: error instanceof Error ? error.message : String(error),
  trace: error instanceof Error ? String(error.stack).split('\n') : [],
});

/** @type {Promise<{handler?: Function, error?: object}>} */
const loaded = import(pathToFileURL(module).href).then(
  (namespace) =>
    typeof namespace[handlerName] === 'function'
      ? { handler: namespace[handlerName] }
      : {
          error: {
            errorType: 'Runtime.HandlerNotFound',
            errorMessage: `${handlerName} is undefined or not exported`,
            trace: [],
          },
        },
  (error) => ({ error: { ...describe(error), errorType: 'Runtime.ImportModuleError' } }),
);

parentPort.on('message', async ({ event, context, crash }) => {
  const { handler, error } = await loaded;
  if (error) return parentPort.postMessage({ error });
  try {
    const deadline = Date.now() + context.timeoutMilliseconds;
    const running = handler(JSON.parse(event), { ...context, getRemainingTimeInMillis: () => deadline - Date.now() });
    if (crash) setTimeout(() => process.exit(134), 20);
    parentPort.postMessage({ payload: JSON.stringify((await running) ?? null) });
  } catch (error) {
    parentPort.postMessage({ error: describe(error) });
  }
});
