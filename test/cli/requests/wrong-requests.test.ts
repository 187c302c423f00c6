import { beforeAll, describe, expect, test } from 'vitest';
import { hostile } from './hostile-workload.ts';
import { newReviewer, type Reviewer } from './judged-request.ts';
import { acceptedRequests, type Request, wrongRequests } from './requests.ts';

/** True in `npm run test:long`. */
const all = process.env['WRONG_REQUESTS'] === 'all';

/** All requests, or one of each kind, because each is synthesized. */
const tried = <Each extends Request>(requests: Readonly<Record<string, Each>>, some: string): [string, Each][] =>
  Object.entries(requests).filter(([title]) => all || title === some);

let reviewer: Reviewer;
beforeAll(() => {
  reviewer = newReviewer();
});

describe('a pull request with', () => {
  test.each(tried(wrongRequests, 'a rule that is weakened together with what it forbids'))(
    '%s is rejected with the fix',
    async (title, { id, fix, ...request }) => {
      const { verdict } = await reviewer.judge(title, request);
      expect(verdict.messages).toContainEqual(expect.stringMatching(beginningAndPart(id, fix)));
      expect(verdict.passes).toBe(false);
    },
  );

  test.each(tried(acceptedRequests, 'edits of the same places without a fault'))(
    '%s is accepted',
    async (title, request) => {
      const { synthesis, verdict } = await reviewer.judge(title, request);
      expect(synthesis).toEqual({ passes: true, hasReport: true });
      expect(verdict).toMatchObject(request.by === 'plan' ? { passes: true } : { passes: true, messages: [] });
    },
  );
});

describe('code of a workload that fights the judges while synth runs', () => {
  test.each(tried(wrongRequests, 'a public bucket'))('does not get %s through', async (title, wrong) => {
    const { edits, by, id, fix, isUnreadable = false } = wrong;
    const { synthesis, verdict } = await reviewer.judge(`hostile ${title}`, { edits: [...edits, ...hostile], by });
    // The synthesis is won, so only the judges are left.
    expect(synthesis).toEqual({ passes: !isUnreadable, hasReport: isUnreadable });
    expect(verdict.messages).toContainEqual(expect.stringMatching(beginningAndPart(id, fix)));
    expect(verdict.passes).toBe(false);
  });
});

test.runIf(all)('the check finds what such code changed, where one command judges in one checkout', async () => {
  const { id, fix, edits } = wrongRequests['a public bucket'] ?? expect.fail();
  const { passes, messages } = await reviewer.judgeAtOnce('hostile at once', [...edits, ...hostile]);
  expect(messages).toContainEqual(expect.stringMatching(beginningAndPart(id, fix)));
  expect(messages).toContainEqual(expect.stringMatching(beginningAndPart('POLICY-3', 'code of a workload did')));
  expect(passes).toBe(false);
});

/** Matches a text that begins with one text and has the other behind it. */
const beginningAndPart = (beginning: string, part: string): RegExp =>
  new RegExp(`^${escaped(beginning)}.*${escaped(part)}`, 's');

const escaped = (text: string): string => text.replaceAll(/[\\^$.*|?+()[\]{}]/g, '\\$&');
