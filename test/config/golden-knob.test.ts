import t from 'tap';
import { loadManifests } from '../../lib/config/index.js';
import { loadProblems } from './loaded.js';
import { memoryFiles } from './memory-files.js';
import { MANIFEST, SAMPLES } from './sample-documents.js';

const withGolden = (golden: string): Record<string, string> => {
  return { ...SAMPLES, 'm.yaml': MANIFEST.replace('id: two', `id: two\n    golden: ${golden}`) };
};

const WORDS = ['yes', 'no', 'on', 'off', 'none', 'y', 'n', 'No', 'OFF', 'NONE'];

for (const word of [...WORDS, ...WORDS.map((w) => `"${w}"`), "'no'", "'true'", '"false"', '"0"']) {
  void t.test(`golden: ${word} is refused with a hint`, (t) => {
    const loaded = loadManifests(['m.yaml'], memoryFiles(withGolden(word)));
    t.match(loaded, {
      ok: false,
      problems: [
        {
          code: 'bad-format',
          line: 8,
          pointer: '/scenarios/1/golden',
          expected: /true, false, or a path that contains a slash/,
          hint: 'write true or false, without quotes',
        },
      ],
    });
    const profile = { ...SAMPLES, 'm.yaml': `${MANIFEST}\nprofiles: {ci: {golden: ${word}}}\n` };
    t.match(loadProblems(['m.yaml'], profile), [/bad-format.*without quotes/]);
    t.end();
  });
}

for (const word of ['mine', '"golden"', '..', '.', "''", '"a\\\\b"']) {
  void t.test(`golden: ${word} is refused because it has no slash`, (t) => {
    t.match(loadProblems(['m.yaml'], withGolden(word)), [/bad-format/]);
    t.end();
  });
}

for (const word of ['1', 'null', '~', '', '[a/b]', '{a: b}', '1.5']) {
  void t.test(`golden: ${word} has the wrong type`, (t) => {
    t.match(loadProblems(['m.yaml'], withGolden(word)), [/wrong-type|not-an-integer/]);
    t.end();
  });
}

void t.test('booleans and paths with a slash are accepted', (t) => {
  for (const word of ['true', 'false', './mine', '../golden/x', 'a/b']) {
    t.ok(loadManifests(['m.yaml'], memoryFiles(withGolden(word))).ok, word);
  }
  t.end();
});
