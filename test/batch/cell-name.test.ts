import t from 'tap';
import { RUN_NAME } from '../../lib/base/run-name.js';
import { CellNamer } from '../../lib/batch/expand/cell-name.js';
import type { Json } from '../../lib/base/canonical-json.js';

function nameOf(values: Record<string, Json>): string {
  return new CellNamer('s').name(new Map(Object.entries(values))).name;
}

void t.test('keys are shown by their last meaningful part', (inner) => {
  inner.equal(nameOf({ topology_path: '../topologies/ring-5.yaml' }), 's[topology=ring-5]');
  inner.equal(nameOf({ 'initial_state[0]': -3 }), 's[initial_state[0]=-3]');
  inner.equal(nameOf({ 'profile.press_defaults.accounting': 'varint-v1' }), 's[accounting=varint-v1]');
  inner.equal(nameOf({ 'topology.edges[0].k': 3 }), 's[edges[0].k=3]');
  inner.equal(nameOf({ 'topology.SC': 16 }), 's[sc=16]');
  inner.end();
});

void t.test('only one of several keys with the same ending is shortened', (inner) => {
  inner.equal(nameOf({ 'topology.SC': 16 }), 's[sc=16]');
  inner.match(nameOf({ 'profile.SC': 32 }), /^s\[profile\.sc-[0-9a-f]{8}=32\]$/);
  inner.match(nameOf({ 'topology.SC': 16, 'profile.SC': 32 }), /^s\[profile\.sc-[0-9a-f]{8}=32,sc=16\]$/);
  inner.equal(nameOf({ profile_path: 'p.yaml', 'topology.profile': 'x' }), 's[profile=p,topology.profile=x]');
  inner.equal(nameOf({ 'metrics.enabled': false }), 's[enabled=false]');
  inner.equal(nameOf({ 'logging.enabled': false }), 's[logging.enabled=false]');
  inner.equal(nameOf({ gid: 'a', 'pfna.gid': 'b' }), 's[gid=a,pfna.gid=b]');
  inner.end();
});

void t.test('values that cannot be shown exactly have a digest', (inner) => {
  inner.match(nameOf({ a: 'Hello World' }), /^s\[a=hello-world-[0-9a-f]{8}\]$/);
  inner.match(nameOf({ a: '64' }), /^s\[a=64-[0-9a-f]{8}\]$/, 'a text that looks like a number');
  inner.match(nameOf({ a: [1, 2] }), /^s\[a=list-[0-9a-f]{8}\]$/);
  inner.match(nameOf({ a: { b: 1 } }), /^s\[a=map-[0-9a-f]{8}\]$/);
  inner.match(nameOf({ a: '' }), /^s\[a=[0-9a-f]{8}\]$/);
  inner.equal(nameOf({ a: true, b: null }), 's[a=true,b=null]');
  inner.end();
});

void t.test('a path in the usual directory is shown by its base name, others with a digest', (inner) => {
  for (const path of ['cmp.yaml', 'profiles/cmp.yaml', '../profiles/cmp.yaml']) {
    inner.equal(nameOf({ profile_path: path }), 's[profile=cmp]', path);
  }
  const elsewhere = [
    'a/cmp.yaml',
    'b/cmp.yaml',
    'profiles/cmp.json',
    'profiles/cmp.yml',
    'topologies/cmp.yaml',
    '../../profiles/cmp.yaml',
    './cmp.yaml',
    'profiles/old/cmp.yaml',
  ];
  const names = elsewhere.map((path) => nameOf({ profile_path: path }));
  for (const name of names) inner.match(name, /^s\[profile=cmp-[0-9a-f]{8}\]$/);
  inner.equal(new Set(names).size, names.length);
  inner.not(nameOf({ pfna_path: 'null.yaml' }), nameOf({ pfna_path: null }));
  inner.end();
});

void t.test('long names are cut and remain distinct', (inner) => {
  const values = (last: number): Record<string, Json> =>
    Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`key_${String(i)}`, i === 29 ? last : 123456789]),
    );
  const [one, two] = [nameOf(values(1)), nameOf(values(2))];
  inner.equal(one.length, 128);
  inner.match(one, new RegExp(RUN_NAME));
  inner.not(one, two);
  inner.end();
});
