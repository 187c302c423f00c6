import { expect, test } from 'vitest';
import { waivers } from '../../policies/waivers.ts';
import { synthesized } from '../synthesized.ts';

test('no waiver has outlived its finding', () => {
  expect(synthesized().unusedWaivers).toEqual([]);
});

test('what is waived, and who answers for it', () => {
  expect(waivers.map(({ rule, owner }) => `${owner}: ${rule}`).join('\n')).toMatchInlineSnapshot(`
    "platform: AwsSolutions-IAM5[*]
    platform: AwsSolutions-S1
    platform: AwsSolutions-IAM5[Resource::\\*]
    platform: AwsSolutions-IAM5[Resource::*.Arn>:*]
    platform: AwsSolutions-IAM5[Resource::arn:*:states:*:execution:*]
    platform: AwsSolutions-IAM5[Resource::arn:*:states:*:execution:*]
    weather-team: AwsSolutions-IAM5[Resource::<WeatherSource*.Arn>/*]
    weather-team: AwsSolutions-IAM5[Resource::*<WeatherResults*>/*]
    weather-team: AwsSolutions-IAM5[Resource::arn:aws:s3:::noaa-gsod-pds/*]"
  `);
});

test('each waiver says why', () => {
  expect(waivers.filter(({ reason }) => reason.length < 20)).toEqual([]);
});
