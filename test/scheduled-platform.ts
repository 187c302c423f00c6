import { platformText } from './synthesized.ts';

const line = 'child: word-child-dev\n';
if (!platformText.includes(line)) throw new Error(`test/platform.yaml has no ${JSON.stringify(line)}`);

/** The example platform, with a schedule for the tenant in wave dev. */
export const scheduledText = platformText.replace(
  line,
  `${line}        schedule: { expression: cron(0 6 1 * ? *), timezone: Europe/Berlin }\n`,
);
