// The console of a function as Lambda's Node.js runtime has it: with timestamp, request and level, in the function's log
// format (nodejs-logging). Plain JavaScript, so that it starts without a loader.
import { format } from 'node:util';

const { AWS_LAMBDA_LOG_FORMAT: logFormat, AWS_LAMBDA_LOG_LEVEL: leastLevel = 'TRACE' } = process.env;

/** Levels in ascending order, with the methods that write them. */
const levels = {
  TRACE: ['trace'],
  DEBUG: ['debug'],
  INFO: ['log', 'info'],
  WARN: ['warn'],
  ERROR: ['error'],
  FATAL: ['fatal'],
};

/** The invocation under way; `ahead` is how far virtual time is ahead of this machine's. */
const current = { requestId: 'undefined', ahead: 0 };

/** @param {string} requestId @param {number | undefined} startedAt now in virtual time, in milliseconds since the epoch */
export function beginInvocation(requestId, startedAt) {
  current.requestId = requestId;
  current.ahead = startedAt === undefined ? 0 : startedAt - Date.now();
}

/** Replaces the methods of `console`, where the environment names a log format; they write to `stream`. */
export function lambdaConsole(stream) {
  if (logFormat === undefined) return;
  const written = logFormat === 'JSON' ? jsonLine : textLine;
  const names = Object.keys(levels);
  for (const [index, level] of names.entries()) {
    const isWritten = logFormat !== 'JSON' || index >= names.indexOf(leastLevel);
    for (const method of levels[level]) {
      console[method] = (...args) => {
        if (isWritten) stream.write(`${written(level, args)}\n`);
      };
    }
  }
}

const timestamp = () => new Date(Math.floor(Date.now() + current.ahead)).toISOString();

/** One event, also of several lines: the runtime writes carriage returns between them. */
const textLine = (level, args) =>
  `${timestamp()}\t${current.requestId}\t${level}\t${format(...args)}`.replaceAll('\n', '\r');

function jsonLine(level, args) {
  const [first] = args;
  const isOne = args.length === 1 && typeof first === 'object' && first !== null && !(first instanceof Error);
  const error = args.find((arg) => arg instanceof Error);
  const entry = {
    timestamp: timestamp(),
    level,
    requestId: current.requestId,
    message: isOne ? first : format(...args),
    ...(error && {
      errorType: error.name,
      errorMessage: error.message,
      stackTrace: String(error.stack)
        .split('\n')
        .slice(1)
        .map((line) => line.trim()),
    }),
  };
  try {
    return JSON.stringify(entry);
  } catch {
    return JSON.stringify({ ...entry, message: format(...args) });
  }
}
