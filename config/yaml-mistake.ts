import { type Document, type Pair, type Scalar, type YAMLError, isScalar, visit } from 'yaml';

/** A mistake that keeps a text from being YAML, in the words of people who edit `platform.yaml`. */
export interface YamlMistake {
  /** Offset of the place where it is fixed. */
  readonly offset: number;
  readonly what: string;
  readonly expected: string;
  readonly fix: string;
}

type Words = Omit<YamlMistake, 'offset'>;

/** Where the parser stopped. */
interface Stop {
  readonly document: Document;
  readonly message: string;
  readonly offset: number;
  /** Line of the offset, without the blanks around it. */
  readonly line: string;
  readonly lineOf: (offset: number) => number;
}

/** The mistake behind an error of the parser; `lineOf` numbers the lines from 1. */
export function yamlMistake(
  document: Document,
  text: string,
  { code, message, pos: [offset] }: YAMLError,
  lineOf: (offset: number) => number,
): YamlMistake {
  const line = text.split(/\r?\n/)[lineOf(offset) - 1]?.trim() ?? '';
  const stop = { document, message, offset, line, lineOf };
  return { offset, ...(mistakes[code] ?? other)(stop) };
}

const other = (): Words => ({
  what: 'the file cannot be read from here on',
  expected: 'keys with their values, or entries that begin with a hyphen',
  fix: 'put the value in quotes, or compare the line with those around it',
});

/** By the code of the parser (package `yaml`, errors.d.ts); its messages are not for people who edit a file. */
const mistakes: Partial<Readonly<Record<YAMLError['code'], (stop: Stop) => Words | YamlMistake>>> = {
  BAD_DQ_ESCAPE: ({ message }) => ({
    what: `${message.split(' ').at(-1) ?? 'a backslash'} means nothing between double quotes`,
    expected: 'a text without a single backslash',
    fix: 'write two backslashes, or use single quotes',
  }),
  BAD_INDENT: indentation,
  BAD_SCALAR_START: ({ message }) => ({
    what: `a value begins with ${message.at(-1) ?? 'a character'}, which YAML keeps for itself`,
    expected: 'such a value in quotes',
    fix: 'put it in quotes',
  }),
  BLOCK_AS_IMPLICIT_KEY: ({ message, line }) =>
    message.includes('sequence') ? unevenEntries : (line.match(/:\s/g) ?? []).length > 1 ? secondColon : keyBelowValue,
  DUPLICATE_KEY: repeatedKey,
  KEY_OVER_1024_CHARS: () => ({
    what: 'a key has more than 1,024 characters',
    expected: 'a key and a colon',
    fix: 'shorten it',
  }),
  MISSING_CHAR: missing,
  MULTILINE_IMPLICIT_KEY: lineWithoutColon,
  MULTIPLE_DOCS: () => ({
    what: 'a second document begins',
    expected: 'one document',
    fix: 'remove the line of three hyphens or dots, or what follows',
  }),
  TAB_AS_INDENT: () => ({
    what: 'the line begins with a tab',
    expected: 'blanks',
    fix: 'replace the tab by blanks',
  }),
  UNEXPECTED_TOKEN: unexpected,
};

const unevenEntries: Words = {
  what: 'entries of one list are indented differently',
  expected: 'all hyphens in one column',
  fix: 'indent them alike',
};

const secondColon: Words = {
  what: 'a value contains a colon and a blank, as if it were a key',
  expected: 'one key on a line',
  fix: 'put the value in quotes, or the second key on a line of its own',
};

const keyBelowValue: Words = {
  what: 'a key has a value and keys below it',
  expected: 'one of the two',
  fix: 'remove the value, or indent the keys below it less',
};

function indentation({ message }: Stop): Words {
  if (message.startsWith('Flow')) {
    const [kind, end] = message.includes('sequence') ? ['list', ']'] : ['mapping', '}'];
    return { what: `a ${kind} that ends with ${end} is not closed before this`, expected: end, fix: `add the ${end}` };
  }
  if (message.includes('sequence')) return unevenEntries;
  return {
    what: 'keys of one mapping are indented differently',
    expected: 'all of them in one column',
    fix: 'indent them alike',
  };
}

/** A line that has to be a key with a colon, and is not. */
function lineWithoutColon({ line }: Stop): Words {
  if (line.startsWith('- ') || line === '-') {
    return {
      what: 'an entry of a list follows a key of the same indentation',
      expected: 'a key',
      fix: 'move the entry below the key of its list',
    };
  }
  const key = /^([\w-]+):\S/.exec(line)?.[1];
  return key === undefined
    ? {
        what: 'the line has no colon',
        expected: 'a key and a colon',
        fix: 'add the colon, or join the line to its value',
      }
    : { what: `no blank follows "${key}:"`, expected: `"${key}: " and its value`, fix: 'add the blank' };
}

function missing(stop: Stop): Words | YamlMistake {
  const { message, document, offset } = stop;
  if (message.startsWith('Missing closing')) {
    const mark = message.includes('"') ? 'double' : 'single';
    const words = { what: `a ${mark} quote is not closed`, expected: `a second ${mark} quote`, fix: 'add it' };
    return { ...words, offset: lastQuotedBefore(document, offset) ?? offset };
  }
  if (message.startsWith('Comments')) {
    return { what: 'no blank precedes the #', expected: 'a blank before a comment', fix: 'add it' };
  }
  if (message.startsWith('Missing ,')) {
    return { what: 'a comma is missing', expected: 'a comma between two entries', fix: 'add it' };
  }
  if (message.startsWith('Missing directives-end')) {
    return { what: 'the line begins with %', expected: 'a key and a colon', fix: 'remove the line' };
  }
  return message.startsWith('Implicit map keys') ? lineWithoutColon(stop) : other();
}

function unexpected({ message }: Stop): Words {
  if (message.includes('block-seq-ind')) {
    return {
      what: 'a list begins on the line of its key',
      expected: 'its first hyphen on the next line',
      fix: 'move it there, or write the list in [ ]',
    };
  }
  if (message.startsWith('Block scalar header')) {
    return {
      what: 'text follows the | or > that announces it',
      expected: 'the text on the next line, indented',
      fix: 'move it there, or put the value in quotes',
    };
  }
  if (message.includes(' , ')) {
    return { what: 'nothing precedes a comma', expected: 'an entry', fix: 'remove the comma' };
  }
  return {
    what: 'text follows where a value has ended',
    expected: 'the end of the line',
    fix: 'put the whole value in quotes, once',
  };
}

/** A key that a mapping has twice, with the line of the first. */
function repeatedKey({ document, offset, lineOf }: Stop): Words {
  let first: Scalar | undefined;
  let name = '';
  visit(document, {
    Map(_, { items }) {
      const repeated = items.find(({ key }) => isScalar(key) && key.range?.[0] === offset);
      if (!repeated || !isScalar(repeated.key)) return undefined;
      const { value } = repeated.key;
      name = String(value);
      first = items.map(({ key }: Pair) => key).find((key): key is Scalar => isScalar(key) && key.value === value);
      return visit.BREAK;
    },
  });
  const line = first?.range ? lineOf(first.range[0]) : undefined;
  return {
    what: `the key "${name}" is there twice`,
    expected: line === undefined ? 'it once' : `it once; the first is on line ${line}`,
    fix: 'remove one of the two, or rename it',
  };
}

/** Offset of the quoted text that began last. */
function lastQuotedBefore(document: Document, offset: number): number | undefined {
  let last: number | undefined;
  visit(document, {
    Scalar(_, { type, range }) {
      if (range && range[0] < offset && type?.startsWith('QUOTE')) last = range[0];
    },
  });
  return last;
}

/** The first `*name` that names no value before it, which is mostly a text that begins with an asterisk. */
export function unresolvedAlias(document: Document): YamlMistake | undefined {
  let found: YamlMistake | undefined;
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return undefined;
      found = {
        offset: alias.range?.[0] ?? 0,
        what: `*${alias.source} repeats a value that nothing above is called`,
        expected: `&${alias.source} at an earlier value`,
        fix: 'put the value in quotes, or name the earlier one',
      };
      return visit.BREAK;
    },
  });
  return found;
}

export const tooManyAliases: YamlMistake = {
  offset: 0,
  what: 'repeated values (*name) grow beyond all bounds',
  expected: 'few of them',
  fix: 'write the values themselves',
};
