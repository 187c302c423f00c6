import type { Answer, Answers, DecidedQuestion } from '../../policies/reach/ask.ts';
import { countOf } from '../count.ts';
import type { Terminal } from '../terminal.ts';

/** Who can, with which request, and who cannot, with what was asked. */
export function answerLines(
  { action, resource, isMade, answers }: Answers,
  colors: Terminal['colors'],
): readonly string[] {
  const [able, open, unable] = (['yes with this request', 'undecidable', 'no'] as const).map((each) =>
    answers.filter(({ answer }) => answer === each),
  );
  return [
    `${action} on ${resource}`,
    ...(isMade ? [] : ['   no stack makes this resource: a policy that it has is not known here']),
    ...(able ?? []).flatMap((each) => told(colors.yellow('yes with this request'), each)),
    ...(open ?? []).flatMap((each) => told(colors.yellow('undecidable'), each)),
    ...noLines(unable ?? [], colors),
  ];
}

const told = (mark: string, { principal, from }: Answer): readonly string[] => [
  `${mark}: ${principal}`,
  `   request: ${requestText(from)}`,
  `   ${from.reason}`,
];

/** Principals that are printed; JSON has all. */
const shownAtMost = 12;

/** Those who cannot, together: of a single one why. */
function noLines(answers: readonly Answer[], colors: Terminal['colors']): readonly string[] {
  const [first, ...others] = answers;
  if (!first) return [];
  const asked = [...new Set(answers.flatMap(({ questions }) => questions.map(requestText)))].sort();
  const names = answers
    .map(({ principal }) => principal)
    .sort((a, b) => Number(b === 'everyone') - Number(a === 'everyone'));
  const more = names.length - shownAtMost;
  return [
    `${colors.green('no')}: ${others.length === 0 ? first.principal : countOf(answers.length, 'principal')}`,
    ...asked.map((text) => `   asked: ${text}`),
    ...(others.length === 0 ? [`   ${first.from.reason}`] : names.slice(0, shownAtMost).map((name) => `   ${name}`)),
    ...(more > 0 ? [`   ${countOf(more, 'more', 'more')}; --json has all, with every question and its reason`] : []),
  ];
}

function requestText({ context, without }: DecidedQuestion): string {
  const sent = Object.entries(context).map(([key, value]) => `${key} = ${value}`);
  const texts = [...sent, ...without.map((key) => `without ${key}`)];
  return texts.length === 0 ? 'as AWS sends it, without further keys' : texts.join(', ');
}
