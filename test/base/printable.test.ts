import t from 'tap';
import { forPeople, inColoredLine, inLine, shortText } from '../../lib/base/printable.js';
import { escaped } from '../../lib/base/xml-text.js';

/** All characters that a terminal, a log or a build service interprets. */
const HOSTILE = [
  '\u001b[2J\u001b]0;title\u0007',
  '\r\n::error::spoof',
  '\u009b31m\u0085',
  '\u202e\u2066\u200b\u200e\ufeff\u00ad',
  '\u2028\u2029\u007f\u0000\u0008',
  '\ud800 \udfff',
  '\u{e0001}',
].join('|');

const RAW = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

void t.test('inLine escapes all characters that a terminal interprets', (t) => {
  t.notMatch(inLine(HOSTILE), RAW);
  t.equal(inLine('a\nb\r\t\u001b[1m\u{e0001}'), 'a\\nb\\r\\t\\u001b[1m\\udb40\\udc01');
  t.equal(inLine('ring-5[ticks=8] Größe 漢字 🙂'), 'ring-5[ticks=8] Größe 漢字 🙂');
  t.end();
});

void t.test('inColoredLine keeps colours and escapes other control sequences', (t) => {
  t.equal(
    inColoredLine('\u001b[31mred\u001b[39m \u001b[1mbold\u001b[22m'),
    '\u001b[31mred\u001b[39m \u001b[1mbold\u001b[22m',
  );
  t.equal(inColoredLine('\u001b[8mhidden\u001b[2J'), '\\u001b[8mhidden\\u001b[2J');
  t.end();
});

void t.test('lines of text output contain no command of a build service', (t) => {
  for (const line of [
    '::error::x',
    '  ::set-output name=a::b',
    '\u001b[31m::warning::x',
    '##[error]x',
    'a ##[group]x',
  ]) {
    for (const isColored of [false, true]) {
      const lines = forPeople(`first\n${line}\nlast`, isColored).split('\n');
      t.equal(lines.length, 3);
      t.notMatch(lines[1], /^(?:\s|\u001b\[\d+m)*::/, line);
      t.notMatch(lines[1], '##[');
    }
  }
  t.equal(forPeople('a::b std::vector 1:2', false), 'a::b std::vector 1:2');
  t.end();
});

void t.test('JSON keeps its values when it is made printable', (t) => {
  const value = { text: `${HOSTILE}##[error]`, list: ['::error::'] };
  const shown = forPeople(JSON.stringify(value), false);
  t.notMatch(shown, RAW);
  t.notMatch(shown, '##[');
  t.strictSame(JSON.parse(shown), JSON.parse(JSON.stringify(value)));
  t.end();
});

void t.test('a long text is cut between characters and shows the number of omitted ones', (t) => {
  t.equal(shortText('abc', 3), 'abc');
  t.equal(shortText('abcdef', 3), 'abc… (3 more characters)');
  t.equal(shortText('ab🙂cd', 3), 'ab… (4 more characters)');
  t.equal(forPeople(`${'x'.repeat(100)}\nshort`, false, 10), 'xxxxxxxxxx… (90 more characters)\nshort');
  t.end();
});

void t.test('text in XML is well formed and contains no control characters', (t) => {
  const xml = escaped(`<a b="c">'&${HOSTILE}\n::error::x ##[error]`);
  t.notMatch(xml, /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  t.notMatch(xml, /^\s*::|##\[|[<>"']/m);
  t.equal(escaped('std::x'), 'std&#58;:x');
  t.equal(escaped('\u0000\ud800'), '\ufffd\ufffd');
  t.end();
});
