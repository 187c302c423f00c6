import { fork } from 'node:child_process';

/**
 * Runs a module in a process of its own, so that no measurement pays for another's garbage. Returns two functions:
 * `ask` sends a message and waits for the answer, `close` ends the process.
 */
export function openLane(module, args, env = process.env, execArgv = []) {
  const child = fork(module, args, { env, execArgv, serialization: 'advanced' });
  let settle;
  child.on('message', (answer) => settle.resolve(answer));
  child.on('exit', (code) => settle?.reject(new Error(`${module} ${args[0]} ended with code ${code}`)));
  return {
    ask: (message) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject };
        child.send(message);
      }),
    close: () => {
      child.removeAllListeners('exit');
      child.kill();
    },
  };
}
