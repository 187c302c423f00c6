import type { EventRules } from '../events/rules.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Observability } from '../oam/observability.ts';
import type { QuotasOf } from '../quotas/granted-quotas.ts';
import type { Simulation } from '@crosswind/workflow/clock/simulation';
import type { Topics } from '../sns/topics.ts';
import { Alarms } from './alarm/alarms.ts';
import { notify } from './alarm/notification.ts';
import { Meters } from './meters.ts';
import { minute, minuteOf } from './metric.ts';
import { Metrics } from './metrics.ts';
import { Recorder } from './recording/recorder.ts';
import type { Recording } from './recording/recording.ts';
import { visible } from './visible-series.ts';

export interface CloudWatchPorts {
  readonly simulation: Simulation;
  readonly authorize: Authorize;
  readonly observability: Observability;
  readonly topics: Topics;
  readonly rules: EventRules;
  readonly quotasOf: QuotasOf;
}

/** Metrics of every account, and the alarms that watch them, once every minute of virtual time. */
export class CloudWatch {
  readonly metrics = new Metrics();
  readonly meters: Meters;
  readonly alarms: Alarms;
  readonly #startRecorder: () => Recorder;
  #recorder: Recorder | undefined;

  constructor({ simulation, authorize, observability, topics, rules, quotasOf }: CloudWatchPorts) {
    this.meters = new Meters(this.metrics, () => simulation.now(), quotasOf);
    this.alarms = new Alarms({
      viewFrom: (place) => visible(this.metrics, observability, place),
      takeChanged: () => this.metrics.takeChanged(),
      sharing: () => [observability.sinks, observability.links],
      notify: (...change) => notify({ authorize, topics }, ...change),
      send: (event) => {
        rules.send(event);
      },
    });
    this.#startRecorder = () => new Recorder(simulation.now(), observability);
    simulation.watch((from, to) => {
      this.#pass(from, to);
    });
  }

  /**
   * Records metrics and links from now on. It is complete if nothing was put before.
   * @returns a function that returns what was recorded until then
   */
  record(): () => Recording {
    const recorder = this.#startRecorder();
    this.#recorder = recorder;
    this.metrics.onPut = ({ key, account, region, series: { metric, unit } }, value, at) => {
      recorder.put(key, { account, region, metric, unit }, value, at);
    };
    return () => recorder.recording;
  }

  /** Looks at every full minute until there is nothing left that could change, so that a year's wait takes no year. */
  #pass(from: number, to: number): void {
    for (let at = minuteOf(from) + minute; at <= to; at += minute) {
      const open = this.meters.sample(at);
      this.#recorder?.evaluated(at);
      this.alarms.evaluate(at);
      if (!open && this.alarms.settled) return;
    }
  }
}
