import { createHash } from 'node:crypto';
import type { FunctionResource } from '@crosswind/assembly/functions';
import type { Meters } from '../cloudwatch/meters.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { RolePrincipal, Sessions } from '../iam/sessions.ts';
import type { LogGroups } from '../logs/log-groups.ts';
import type { Begin, Simulation } from '@crosswind/workflow/clock/simulation';
import { uuid } from '@crosswind/workflow/chance';
import { delayedBeyondTimeout, type Disturbance, injectedError } from './disturbance.ts';
import { EnvironmentPool } from './environment-pool.ts';
import type { ExecutionEnvironment } from './execution-environment.ts';
import type { FunctionConcurrency } from './function-concurrency.ts';
import { type Functions, throttledResult } from './functions.ts';
import { LogDelivery, type WriteLines } from './log-delivery.ts';
import type { LoggedResult } from './logged-result.ts';

export interface FunctionServicePorts {
  readonly authorize: Authorize;
  readonly sessions: Sessions;
  readonly logGroups: LogGroups;
  readonly meters: Pick<Meters, 'invocationStarted' | 'invocationThrottled'>;
  readonly simulation: Simulation;
  readonly concurrency: FunctionConcurrency;
  /** Where the simulated AWS answers; unmodified bundles reach it through `AWS_ENDPOINT_URL`. */
  readonly endpointUrl: string;
  /** Invocations that run at the same time on this machine. */
  readonly capacity: number;
  /** True if the first attempt at each event is killed after it began. */
  readonly crashFirstAttempts: boolean;
}

/** Payload that an invocation may carry, in bytes of JSON (gettingstarted-limits). */
export const maxPayloadBytes = 6 * 1024 * 1024;

const isTooLarge = (event: string): boolean => Buffer.byteLength(event) > maxPayloadBytes;

/** An invocation that has begun, and whose function begins later. */
interface Delayed {
  readonly delay: number;
  readonly ended: ReturnType<Meters['invocationStarted']>;
}

interface KnownFunction {
  readonly fn: FunctionResource;
  readonly session: RolePrincipal;
}

/** Lambda: the functions of every account, run in processes as the roles that they have. */
export class FunctionService implements Functions {
  readonly #ports: FunctionServicePorts;
  readonly #functions = new Map<string, KnownFunction>();
  /** The session of each function, also of one that was changed while invocations wait for room. */
  readonly #sessions = new WeakMap<FunctionResource, RolePrincipal>();
  readonly #pool: EnvironmentPool;
  readonly #disturbances = new Map<string, Disturbance>();
  readonly #attempted = new Set<string>();
  /** Environments that have a log stream to write to. */
  readonly #streams = new WeakSet<ExecutionEnvironment>();
  #requests = 0;
  #environments = 0;

  constructor(ports: FunctionServicePorts) {
    this.#ports = ports;
    this.#pool = new EnvironmentPool(ports.capacity, (fn) => this.#environment(fn));
  }

  has(functionArn: string): boolean {
    return this.#functions.has(functionArn);
  }

  get(functionArn: string): FunctionResource | undefined {
    return this.#functions.get(functionArn)?.fn;
  }

  add(fn: FunctionResource, session: RolePrincipal): void {
    this.#retire(fn.arn);
    this.#ports.concurrency.reserve(fn);
    this.#functions.set(fn.arn, { fn, session });
    this.#sessions.set(fn, session);
  }

  remove(functionArn: string): void {
    this.#retire(functionArn);
    this.#functions.delete(functionArn);
  }

  start(functionArn: string, event: string, done: (result: LoggedResult) => void): void {
    const { simulation, concurrency, meters } = this.#ports;
    const known = this.#known(functionArn);
    const { fn } = known;
    const admission = concurrency.begin(fn);
    if (!admission.ok) {
      meters.invocationThrottled(fn);
      done(throttledResult(admission.reason));
      return;
    }
    const end = (result: LoggedResult): void => {
      admission.end();
      done(result);
    };
    const disturbance = this.#disturbances.get(functionArn);
    if (disturbance?.kind === 'invocation-add-delay' && !isTooLarge(event)) {
      this.#startLater(known, event, disturbance.seconds * 1_000, end);
      return;
    }
    simulation.work((begin) => this.#run(known, event, begin), end);
  }

  disturb(functionArn: string, disturbance: Disturbance | undefined): void {
    this.#known(functionArn);
    if (disturbance) this.#disturbances.set(functionArn, disturbance);
    else this.#disturbances.delete(functionArn);
  }

  /** Begins an invocation whose function runs later, if its timeout is not before that. */
  #startLater(known: KnownFunction, event: string, delay: number, end: (result: LoggedResult) => void): void {
    const { simulation, meters } = this.#ports;
    const { fn } = known;
    const ended = meters.invocationStarted(fn);
    const timeout = fn.timeoutSeconds * 1_000;
    simulation.at(simulation.now() + Math.min(delay, timeout), () => {
      if (delay < timeout) {
        simulation.work((begin) => this.#run(known, event, begin, { delay, ended }), end);
        return;
      }
      ended({ failed: true, milliseconds: timeout, log: '' });
      end(delayedBeyondTimeout(fn));
    });
  }

  async invoke(functionArn: string, event: string, begin: Begin): Promise<LoggedResult> {
    return this.#run(this.#known(functionArn), event, begin);
  }

  async #run(known: KnownFunction, event: string, begin: Begin, delayed?: Delayed): Promise<LoggedResult> {
    if (isTooLarge(event)) {
      return {
        ok: false,
        error: { errorType: 'Lambda.RequestTooLargeException', errorMessage: `payload above ${maxPayloadBytes} bytes` },
        log: '',
      };
    }
    const { fn } = known;
    const startedAt = this.#ports.simulation.now();
    const { delay, ended } = delayed ?? { delay: 0, ended: this.#ports.meters.invocationStarted(fn) };
    const fault = this.#disturbances.get(fn.arn)?.kind;
    if (fault === 'invocation-error') {
      ended({ failed: true, milliseconds: 0, log: '' });
      return injectedError;
    }
    const crash = this.#crashes(fn.arn, event) || fault === 'out-of-memory';
    const invocation = { requestId: this.#requestId(), event, crash, startedAt };
    const { simulation } = this.#ports;
    const earliest = (): number => (simulation.isServing ? simulation.now() : -Infinity);
    const log = new LogDelivery(fn, { ...invocation, earliest });
    const pooled = await this.#pool.run(fn, invocation, {
      begin: () => {
        log.begin();
        begin();
      },
      began: (environment, coldStart) => {
        log.open(this.#writerTo(known, environment, coldStart));
      },
      wrote: (text) => {
        log.wrote(text);
      },
    });
    const { lines, written = '' } = log.close(pooled);
    if (fn.traced) this.#may(known, 'xray:PutTraceSegments', '*');
    ended({ failed: !pooled.result.ok, milliseconds: delay + pooled.milliseconds, log: written });
    return { ...pooled.result, log: lines.map(({ message }) => `${message}\n`).join('') };
  }

  kill(choose: (running: number) => number): boolean {
    return this.#pool.kill(choose);
  }

  end(): void {
    this.#pool.end();
  }

  /** Ends the environments of a function as it was until now, and what it has reserved. */
  #retire(functionArn: string): void {
    const fn = this.#functions.get(functionArn)?.fn;
    if (!fn) return;
    this.#ports.concurrency.release(fn);
    this.#pool.retire(fn);
  }

  #known(functionArn: string): KnownFunction {
    const known = this.#functions.get(functionArn);
    if (!known) throw new Error(`there is no function ${functionArn}`);
    return known;
  }

  /** Writes to the log stream of an environment as the function's role; what that may not write is lost, as on AWS. */
  #writerTo(known: KnownFunction, environment: ExecutionEnvironment, coldStart: boolean): WriteLines {
    const { logGroupArn } = known.fn;
    if (logGroupArn === undefined) return () => false;
    const stream = logGroupArn.replace(/:\*$/, `:log-stream:${environment.logStream}`);
    if (coldStart && this.#may(known, 'logs:CreateLogStream', stream)) this.#streams.add(environment);
    if (!this.#streams.has(environment) || !this.#may(known, 'logs:PutLogEvents', stream)) return () => false;
    return (lines) => {
      this.#ports.logGroups.write(logGroupArn, environment.logStream, lines);
      return true;
    };
  }

  #may({ fn: { account, region }, session: principal }: KnownFunction, action: string, resource: string): boolean {
    const context = { 'aws:RequestedRegion': region };
    return this.#ports.authorize({ principal, action, resource, resourceAccount: account, context }).allowed;
  }

  /**
   * Environment variables that Lambda sets (configuration-envvars, "Defined runtime environment variables"), and the
   * function's own.
   */
  #environment(fn: FunctionResource): Readonly<Record<string, string>> {
    const session = this.#sessions.get(fn);
    const credentials = session && this.#ports.sessions.credentials(session);
    return {
      AWS_REGION: fn.region,
      AWS_DEFAULT_REGION: fn.region,
      AWS_LAMBDA_FUNCTION_NAME: fn.name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMegabytes),
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_LOG_FORMAT: fn.jsonLogs ? 'JSON' : 'Text',
      ...(fn.jsonLogs && { AWS_LAMBDA_LOG_LEVEL: fn.jsonLogs.applicationLevel }),
      AWS_LAMBDA_LOG_GROUP_NAME: logGroupName(fn),
      AWS_LAMBDA_LOG_STREAM_NAME: this.#logStream(fn),
      AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
      TZ: ':UTC',
      AWS_ENDPOINT_URL: this.#ports.endpointUrl,
      AWS_ACCESS_KEY_ID: credentials?.accessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? '',
      AWS_SESSION_TOKEN: credentials?.sessionToken ?? '',
      // Nothing of this machine's own AWS configuration may reach a function.
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...fn.environment,
    };
  }

  #crashes(functionArn: string, event: string): boolean {
    if (!this.#ports.crashFirstAttempts) return false;
    const attempt = createHash('sha256').update(functionArn).update(event).digest('base64');
    if (this.#attempted.has(attempt)) return false;
    this.#attempted.add(attempt);
    return true;
  }

  /** Name of the log stream of a new environment, as Lambda names it. */
  #logStream({ arn }: FunctionResource): string {
    this.#environments += 1;
    const day = new Date(this.#ports.simulation.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    return `${day}/[$LATEST]${uuid(`${arn}/${this.#environments}`).replaceAll('-', '')}`;
  }

  #requestId(): string {
    this.#requests += 1;
    return `00000000-0000-4000-8000-${String(this.#requests).padStart(12, '0')}`;
  }
}

/** Log group that the function names, else Lambda's default (monitoring-cloudwatchlogs). */
const logGroupName = ({ logGroupArn, name }: FunctionResource): string =>
  /:log-group:([^:]+)/.exec(logGroupArn ?? '')?.[1] ?? `/aws/lambda/${name}`;
