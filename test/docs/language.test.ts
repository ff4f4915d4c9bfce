import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { REPO } from '../config/repo.js';
import { pageTexts, sourceTexts, type Place, type Text } from './texts.js';

/** A phrase that must not occur, with the replacement. */
interface Phrase {
  readonly pattern: RegExp;
  readonly hint: string;
  /** Default: all. */
  readonly in?: readonly Place[];
}

const PHRASES: readonly Phrase[] = [
  { pattern: /\bwhom?ever\b/i, hint: 'name the role: the caller, the client, the process' },
  { pattern: /\b(some|any|every)body\b/i, hint: 'name the role: the user, another process' },
  { pattern: /\bnobody\b/i, hint: 'name the role, or use the passive: "is never changed"' },
  { pattern: /\bhears?\b/i, hint: '"receives", "is notified"' },
  { pattern: /\b(is|are|was|were|be) told\b/i, hint: '"is reported", "is notified"' },
  { pattern: /\btold\b/i, hint: '"reported", "distinguished"' },
  { pattern: /\bhowever (many|much|often|long|large)\b/i, hint: '"any number of"' },
  { pattern: /\bwherever\b/i, hint: 'list the places' },
  { pattern: /\bwhatever\b/i, hint: '"any", "regardless of"' },
  { pattern: /(?<!\bthere )\b(is|are) no (?!longer\b|such\b|more\b)\w+/i, hint: '"is not a", "is not an"' },
  { pattern: /\bof (its|their|his) own\b/i, hint: '"separate", "its own"' },
  { pattern: /\bat hand\b/i, hint: '"available"' },
  { pattern: /\ball the same\b/i, hint: '"still"' },
  { pattern: /\banew\b/i, hint: '"again"' },
  { pattern: /\bby now\b/i, hint: '"now", "since"' },
  { pattern: /\bunder way\b/i, hint: '"active", "running"' },
  { pattern: /\bmend(s|ed|ing)?\b/i, hint: '"repair"' },
  { pattern: /\bstands?\b/i, hint: '"represents", "is"' },
  { pattern: /\b(takes|taken|took) in\b/i, hint: '"imports", "reads"' },
  {
    pattern: /\b(file|document|record|report|text|key|name|store|run)s? (says?|tells?|knows?)\b/i,
    hint: '"contains", "has"',
  },
  { pattern: /\basked for\b/i, hint: '"requested"', in: ['comment', 'page'] },
  { pattern: /\bso (many|often|far) (as|that)\b/i, hint: 'give the number' },
  { pattern: /\bdoes not hold\b/i, hint: '"is false", "fails"' },
  { pattern: /\bgoes? wrong\b/i, hint: '"fails"' },
  { pattern: /\btells? (what|which|whether|how|why|of)\b/i, hint: '"shows", "reports"' },
  { pattern: /\bsays? so\b/i, hint: '"reports it"' },
  { pattern: /\b(became|becomes?) of\b/i, hint: '"the outcome of"' },
  { pattern: /\bwithout a word\b/i, hint: '"by default", "silently"' },
  { pattern: /\bholds? (up|out|good)\b/i, hint: '"delays", "is true"' },
  { pattern: /\bfor good\b/i, hint: '"permanently"' },
  { pattern: /\bhold(s|ing)? against\b/i, hint: '"compare with"' },
  { pattern: /\bis over\b/i, hint: '"has ended"' },
];

/** The phrases that a doc comment must not begin with. */
const OPENINGS: readonly Phrase[] = [
  { pattern: /^What\b/, hint: 'begin with the noun: "The fields of ..." for "What ... has"' },
  { pattern: /^Whether\b/, hint: '"True if"' },
  { pattern: /^Who\b/, hint: 'begin with the noun' },
];

function findings(texts: readonly Text[], phrases: readonly Phrase[]): readonly string[] {
  return texts.flatMap(({ file, line, place, text }) =>
    phrases
      .filter((phrase) => (phrase.in ?? [place]).includes(place) && phrase.pattern.test(text))
      .map(({ pattern, hint }) => `${file}:${String(line)} "${pattern.exec(text)![0]}": use ${hint}`),
  );
}

const sources = sourceTexts('lib');

void t.test('comments and strings of lib contain no mannered phrase', (t) => {
  t.strictSame(findings(sources, PHRASES), []);
  t.end();
});

void t.test('doc comments of lib begin with a noun or a verb', (t) => {
  const docs = sources.filter(({ place }) => place === 'comment');
  t.strictSame(findings(docs, OPENINGS), []);
  t.end();
});

void t.test('pages of docs contain no mannered phrase', (t) => {
  const pages = readdirSync(join(REPO, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.endsWith('.api.md'))
    .map((name) => `docs/${name}`);
  t.strictSame(findings(['README.md', ...pages].flatMap(pageTexts), PHRASES), []);
  t.end();
});
