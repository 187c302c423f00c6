/**
 * Words of the style that English readers stumble over, each with the word to use. They are looked for in comments and in
 * text that people read; a name in quotes or backticks is left alone.
 */
export const replacements = [
  { pattern: /\bmend(s|ed|ing)?\b/i, use: 'fix' },
  { pattern: /\b(tells?|telling|told)\b/i, use: 'report or say' },
  { pattern: /\bmoments?\b/i, use: 'timestamp' },
  { pattern: /\bdear(er|ly)?\b/i, use: 'expensive' },
  { pattern: /\bbeside\b/i, use: 'besides, or next to' },
  { pattern: /\bstands? (in|below|above|before|behind|there|first|last)\b/i, use: 'is or contains' },
  { pattern: /\breckon(s|ed|ing)?\b/i, use: 'estimate' },
  { pattern: /\b(of|by) which\b/i, use: 'whose, or a second sentence' },
  { pattern: /\bwhoever\b/i, use: 'the role of the person, or anyone who' },
  {
    pattern: /\b(organis|authoris|recognis|synthesis(e|ing)|initialis|serialis|normalis)\w*/i,
    use: 'the spelling with z',
  },
  { pattern: /\b(behaviour|colour|favour|honour|neighbour)\w*/i, use: 'the spelling with or' },
  { pattern: /\blicence\w*/i, use: 'license' },
];

/** A beginning that hides the noun or the verb. */
const beginning = /^(What|Whether)\b/;

/**
 * Problems of a text, each as a sentence.
 * @param {string} text
 * @returns {readonly string[]}
 */
export function wordProblems(text) {
  const prose = text.replace(/`[^`]*`|"[^"]*"/g, '');
  return replacements.flatMap(({ pattern, use }) => {
    const found = pattern.exec(prose);
    return found === null ? [] : [`"${found[0]}": use ${use}`];
  });
}

/** Text of a comment without its asterisks. */
const proseOf = (comment) => comment.value.replace(/^\s*\*+ ?/gm, '').trim();

/** @type {import('eslint').Rule.RuleModule} */
const plainLanguage = {
  meta: {
    type: 'suggestion',
    docs: { description: 'Docstrings begin with a noun or a verb; comments and messages use plain words.' },
    messages: {
      beginning: 'A docstring begins with a noun or a verb, got "{{word}} …": say what the thing is.',
      word: '{{problem}}.',
    },
    schema: [{ type: 'object', properties: { text: { type: 'boolean' } }, additionalProperties: false }],
    defaultOptions: [{ text: true }],
  },
  create(context) {
    const { sourceCode, options } = context;
    /** Text of messages, help and titles; one word is a name. */
    const reportText = (node, text) => {
      if (!options[0].text || typeof text !== 'string' || !text.includes(' ')) return;
      for (const problem of wordProblems(text)) context.report({ node, messageId: 'word', data: { problem } });
    };
    return {
      Program() {
        for (const comment of sourceCode.getAllComments()) {
          const prose = proseOf(comment);
          const word =
            comment.type === 'Block' && comment.value.startsWith('*') ? beginning.exec(prose)?.[0] : undefined;
          if (word) context.report({ loc: comment.loc, messageId: 'beginning', data: { word } });
          for (const problem of wordProblems(prose)) {
            context.report({ loc: comment.loc, messageId: 'word', data: { problem } });
          }
        }
      },
      Literal: (node) => reportText(node, node.value),
      TemplateElement: (node) => reportText(node, node.value.cooked),
    };
  },
};

export const language = { rules: { plain: plainLanguage } };
