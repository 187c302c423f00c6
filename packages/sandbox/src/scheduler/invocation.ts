import { notSentToDeadLetterQueueBy, schedulerMetrics } from '@crosswind/aws/metrics';
import type { EmittedMetric } from '@crosswind/aws/metrics';
import type { Simulation, Timer } from '@crosswind/workflow/clock/simulation';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import type { Meters } from '../cloudwatch/meters.ts';
import type { RolePrincipal, Sessions } from '../iam/sessions.ts';
import { callTarget, type TargetError, type TargetPorts, type TargetResult } from './call-target.ts';
import { assumeExecutionRole } from './execution-role.ts';
import type { Attempt, OpenFiring } from './firing.ts';
import type { Schedule } from './schedule.ts';
import { executionIdOf, requestOf, secondsText, type TargetRequest } from './target-request.ts';
import type { TargetOperation } from './target-kind.ts';

export interface InvocationPorts extends TargetPorts {
  readonly simulation: Simulation;
  readonly sessions: Sessions;
  readonly meters: Pick<Meters, 'put'>;
}

/** Why an invocation is given up, as a dead letter says it. */
type Exhausted = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';

const firstBackoffMilliseconds = 1_000;

/**
 * AWS documents exponential backoff, and 185 retries within a day as the most, but no numbers: doubled from a second up to
 * eight minutes, those 185 take 23.6 hours. There is no jitter, so that a run happens the same way again.
 */
const longestBackoffMilliseconds = 8 * 60_000;

/** Invokes the target of a schedule for one of its times, again and again as the retry policy says. */
export class Invocation {
  readonly #ports: InvocationPorts;
  readonly #schedule: Schedule;
  readonly #operation: TargetOperation;
  readonly #firing: OpenFiring;
  /** Distinguishes it from others of the same time. */
  readonly #place: number;
  readonly #begunAt: number;
  #retry: Timer | undefined;
  #isCancelled = false;

  /** @param place counts the firings of the schedule */
  constructor(
    ports: InvocationPorts,
    schedule: Schedule,
    operation: TargetOperation,
    { firing, place }: { readonly firing: OpenFiring; readonly place: number },
  ) {
    this.#ports = ports;
    this.#schedule = schedule;
    this.#operation = operation;
    this.#firing = firing;
    this.#place = place;
    this.#begunAt = ports.simulation.now();
  }

  /** True once nothing of it is to come. */
  get isOver(): boolean {
    return this.#firing.outcome !== 'under way';
  }

  /** Gives up without a trace: the schedule is deleted. */
  cancel(): void {
    this.#isCancelled = true;
    if (this.#retry) this.#retry.cancelled = true;
  }

  /** Attempts once, and resolves when that has ended; of a call that waits for its answer when it has begun. */
  async attempt(): Promise<void> {
    const { simulation } = this.#ports;
    const { scheduledAt, attempts } = this.#firing;
    const number = attempts.length + 1;
    const executionId = executionIdOf([this.#schedule.arn, scheduledAt, this.#place, number]);
    const attempt: Attempt = { number, at: simulation.now(), executionId };
    attempts.push(attempt);
    this.#count(schedulerMetrics.attempts);
    const request = requestOf(this.#schedule, this.#operation, { scheduledAt, number, executionId });
    const ended = this.#call(request).then((result) => {
      this.#ended(result, attempt, request);
    });
    if (!waitsForAnswer(request)) return ended;
    ended.catch((error: unknown) => {
      simulation.soon(() => {
        throw error;
      });
    });
  }

  async #call(request: TargetRequest): Promise<TargetResult> {
    const assumed = assumeExecutionRole(this.#ports.sessions, this.#schedule);
    if (!assumed.ok) {
      const message = `EventBridge Scheduler may not assume the role ${this.#schedule.target.roleArn} (${assumed.denied.reason})`;
      return { kind: 'failed', error: { code: 'AccessDenied', message, isThrottled: false, isRetryable: true } };
    }
    return callTarget(this.#ports, { principal: assumed.session, region: this.#schedule.region }, request);
  }

  #ended(result: TargetResult, attempt: Attempt, request: TargetRequest): void {
    if (this.#isCancelled) return;
    if (result.kind === 'failed') this.#failed(result.error, attempt, request);
    else this.#firing.outcome = result.kind;
  }

  #failed(error: TargetError, attempt: Attempt, request: TargetRequest): void {
    const { code, message, isThrottled, isRetryable } = error;
    attempt.error = { code, message };
    this.#count(schedulerMetrics.targetErrors);
    if (isThrottled) this.#count(schedulerMetrics.targetThrottled);
    const { maximumRetryAttempts, maximumEventAgeMilliseconds } = this.#schedule.target;
    const giveUp = (exhausted?: Exhausted): void => {
      this.#giveUp(attempt, request, exhausted);
    };
    if (!isRetryable) giveUp();
    else if (attempt.number > maximumRetryAttempts) giveUp('MaximumRetryAttempts');
    else {
      const tooOld = this.#begunAt + maximumEventAgeMilliseconds;
      const backoff = Math.min(firstBackoffMilliseconds * 2 ** (attempt.number - 1), longestBackoffMilliseconds);
      const next = this.#ports.simulation.now() + backoff;
      this.#retry = this.#ports.simulation.inBackground(Math.min(next, tooOld), () => {
        if (next <= tooOld) return this.attempt();
        giveUp('MaximumEventAgeInSeconds');
        return undefined;
      });
    }
  }

  #giveUp(attempt: Attempt, request: TargetRequest, exhausted: Exhausted | undefined): void {
    this.#count(schedulerMetrics.dropped);
    const { deadLetterQueueArn } = this.#schedule.target;
    const isKept = deadLetterQueueArn !== undefined && this.#bury(deadLetterQueueArn, { attempt, request, exhausted });
    this.#firing.outcome = isKept ? 'dead letter' : 'dropped';
  }

  /** Sends a dead letter as the role of the schedule; returns false if the queue refuses it. */
  #bury(queueArn: string, letter: Omit<DeadLetter, 'schedule' | 'scheduledAt'>): boolean {
    const { scheduledAt } = this.#firing;
    try {
      const attributes = deadLetterAttributes({ ...letter, schedule: this.#schedule, scheduledAt });
      const body = JSON.stringify(letter.request.parameters);
      this.#ports.messages.send(this.#principal(), queueArn, { body, attributes });
      this.#count(schedulerMetrics.sentToDeadLetterQueue);
      return true;
    } catch (error) {
      if (!(error instanceof AwsJsonError)) throw error;
      this.#count(schedulerMetrics.notSentToDeadLetterQueue);
      this.#count(notSentToDeadLetterQueueBy(error.code));
      return false;
    }
  }

  #principal(): RolePrincipal {
    const assumed = assumeExecutionRole(this.#ports.sessions, this.#schedule);
    if (assumed.ok) return assumed.session;
    throw new AwsJsonError('AccessDenied', assumed.denied.reason, 403, assumed.denied);
  }

  /** Counts one by group, and one for the account. */
  #count(metric: EmittedMetric): void {
    const at = this.#ports.simulation.now();
    this.#ports.meters.put(this.#schedule, metric, { ScheduleGroup: this.#schedule.group }, 1, at);
    this.#ports.meters.put(this.#schedule, metric, {}, 1, at);
  }
}

const waitsForAnswer = ({ operation, parameters }: TargetRequest): boolean =>
  operation === 'lambda:invoke' && parameters['InvocationType'] !== 'Event';

interface DeadLetter {
  readonly schedule: Schedule;
  readonly scheduledAt: number;
  /** The last one. */
  readonly attempt: Attempt;
  readonly request: TargetRequest;
  /** @default - the error was permanent */
  readonly exhausted: Exhausted | undefined;
}

/** "Configuring a dead-letter queue": templated targets are named as the universal ones that they are calls of. */
function deadLetterAttributes({ schedule, scheduledAt, attempt, request, exhausted }: DeadLetter) {
  const { number, executionId, error = { code: '', message: '' } } = attempt;
  return {
    ERROR_CODE: error.code,
    ERROR_MESSAGE: error.message,
    EXECUTION_ID: executionId,
    ...(exhausted !== undefined && { EXHAUSTED_RETRY_CONDITION: exhausted }),
    IS_PAYLOAD_TRUNCATED: 'false',
    RETRY_ATTEMPTS: String(number - 1),
    SCHEDULED_TIME: secondsText(scheduledAt),
    SCHEDULE_ARN: schedule.arn,
    TARGET_ARN: `arn:aws:scheduler:::aws-sdk:${request.operation}`,
  };
}
