import t from 'tap';
import { hashList, hashRecord, parseDigest, RunningDigest, sha256 } from '../../lib/base/digest.js';

const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

void t.test('sha256 of texts and bytes gives the published digests', (t) => {
  t.equal(sha256('abc'), ABC);
  t.equal(sha256(Buffer.from('abc')), ABC);
  t.equal(sha256(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  t.equal(sha256('é'), sha256(Buffer.from([0xc3, 0xa9])));
  t.end();
});

void t.test('an incremental digest does not depend on the pieces', (t) => {
  const running = new RunningDigest();
  for (const piece of ['', 'a', 'bc']) running.update(Buffer.from(piece));
  t.equal(running.finish(), ABC);
  t.end();
});

void t.test('a record is hashed in its canonical form', (t) => {
  for (const length of [0, 1, 999, 1000, 1001, 2500]) {
    const items = Array.from({ length }, (_, n) => [`é${String(n)}`, n]);
    t.equal(hashList(items), hashRecord(items), `a list of ${String(length)}, piece by piece`);
  }
  t.equal(hashRecord({ b: 1, a: [null, 'é'] }), sha256('{"a":[null,"é"],"b":1}'));
  t.end();
});

void t.test('a digest must have 64 lower-case hexadecimal digits', (t) => {
  t.equal(parseDigest(ABC), ABC);
  for (const bad of [
    '',
    ABC.toUpperCase(),
    ABC.slice(1),
    `${ABC}0`,
    `${ABC}\n`,
    ` ${ABC.slice(1)}`,
    'g'.repeat(64),
  ]) {
    t.equal(parseDigest(bad), undefined, JSON.stringify(bad));
  }
  t.end();
});
