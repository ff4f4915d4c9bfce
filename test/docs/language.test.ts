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
  { pattern: /\basked for\b/i, hint: '"requested"', in: ['comment', 'page', 'title', 'assertion'] },
  { pattern: /\bso (many|often|far) (as|that)\b/i, hint: 'give the number' },
  { pattern: /\bgoes? wrong\b/i, hint: '"fails"' },
  { pattern: /\btells? (what|which|whether|how|why|of)\b/i, hint: '"shows", "reports"' },
  { pattern: /\bsays? so\b/i, hint: '"reports it"' },
  { pattern: /\b(became|becomes?) of\b/i, hint: '"the outcome of"' },
  { pattern: /\bwithout a word\b/i, hint: '"by default", "silently"' },
  { pattern: /\bholds? (up|out|good)\b/i, hint: '"delays", "is true"' },
  { pattern: /\bfor good\b/i, hint: '"permanently"' },
  { pattern: /\bhold(s|ing)? against\b/i, hint: '"compare with"' },
  { pattern: /\bis over\b/i, hint: '"has ended"' },
  { pattern: /\bheld against\b/i, hint: '"compared with"' },
  { pattern: /\bas (it|they) (was|were|should|must|did|came|comes)\b/i, hint: '"unchanged", "as recorded"' },
  { pattern: /\b(is|are|was|were) said\b/i, hint: '"is reported"' },
  { pattern: /\b(un)?heard\b/i, hint: '"received", "noticed"' },
  { pattern: /\b(go|goes|went|going) on\b/i, hint: '"continues", "runs"' },
  { pattern: /\b(gives?|gave) way\b/i, hint: '"is replaced by"' },
  { pattern: /\b(stick|sticks|stuck) out\b/i, hint: '"overflows"' },
  { pattern: /\b(takes?|taken|took) back\b/i, hint: '"undone", "removed"' },
  { pattern: /\bfor ever\b/i, hint: '"without end", "permanently"' },
  { pattern: /\b(is|are|was|were) there\b(?! (is|are|any|no)\b)/i, hint: '"exists", "is available"' },
  { pattern: /\bto come\b/i, hint: '"future", "later"' },
  { pattern: /\b(come|comes|came) (back|out|along)\b/i, hint: '"is returned", "results in"' },
  { pattern: /\bdo(es)? not hold\b(?! back\b)/i, hint: '"is false", "fails"' },
  { pattern: /\bwhichever\b/i, hint: '"regardless of"' },
  { pattern: /\bborrowed\b/i, hint: 'state when it becomes invalid' },
  { pattern: /\b(nothing|none) but\b/i, hint: '"only"' },
];

/** The phrases that a doc comment must not begin with. */
const OPENINGS: readonly Phrase[] = [
  { pattern: /^What\b/, hint: 'begin with the noun: "The fields of ..." for "What ... has"' },
  { pattern: /^Whether\b/, hint: '"True if"' },
  { pattern: /^Who\b/, hint: 'begin with the noun' },
];

/** The words that a title must not begin with. */
const TITLE_OPENINGS: readonly Phrase[] = [
  {
    pattern: /^(what|whether|who|so|of|but|nor|also|where|when)\b/i,
    hint: 'begin with the subject: "a cached run is not executed"',
  },
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

const tests = sourceTexts('test').filter(
  ({ file, place }) => place !== 'string' && file !== 'test/docs/language.test.ts',
);

void t.test('comments, titles and assertions of test contain no mannered phrase', (t) => {
  t.strictSame(findings(tests, PHRASES), []);
  t.end();
});

void t.test('titles of tests begin with their subject', (t) => {
  t.strictSame(
    findings(
      tests.filter(({ place }) => place === 'title'),
      TITLE_OPENINGS,
    ),
    [],
  );
  t.end();
});

void t.test('doc comments of test begin with a noun or a verb', (t) => {
  const docs = tests.filter(({ place }) => place === 'comment');
  t.strictSame(findings(docs, OPENINGS), []);
  t.end();
});

void t.test('pages of docs contain no mannered phrase', (t) => {
  const pages = readdirSync(join(REPO, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.endsWith('.api.md'))
    .map((name) => `docs/${name}`);
  t.strictSame(findings(['README.md', 'CONTRIBUTING.md', ...pages].flatMap(pageTexts), PHRASES), []);
  t.end();
});
