import { fork } from 'node:child_process';

/**
 * A process of its own that does what it is told, so that nobody pays for another's garbage. Answers a function that
 * sends it a message and waits for the answer.
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
