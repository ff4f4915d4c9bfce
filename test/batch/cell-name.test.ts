import t from 'tap';
import { CellNamer, RUN_NAME } from '../../lib/batch/expand/cell-name.js';
import type { Json } from '../../lib/base/canonical-json.js';

function nameOf(values: Record<string, Json>, listed: Record<string, Json[]> = {}): string {
  const all = Object.entries(values).map(([key, value]): [string, Json[]] => [key, listed[key] ?? [value]]);
  return new CellNamer('s', new Map(all)).name(new Map(Object.entries(values))).name;
}

void t.test('keys show their last meaningful part', (inner) => {
  inner.equal(nameOf({ topology_path: '../t/ring-5.yaml' }), 's[topology=ring-5]');
  inner.equal(nameOf({ 'initial_state[0]': -3 }), 's[initial_state[0]=-3]');
  inner.equal(nameOf({ 'profile.press_defaults.accounting': 'varint-v1' }), 's[accounting=varint-v1]');
  inner.equal(nameOf({ 'topology.edges[0].k': 3 }), 's[edges[0].k=3]');
  inner.equal(nameOf({ 'profile.SC': 16 }), 's[sc=16]');
  inner.end();
});

void t.test('keys that would look alike are told apart', (inner) => {
  const name = nameOf({ 'profile.SC': 16, 'topology.SC': 32 });
  inner.match(name, /^s\[profile\.sc-[0-9a-f]{8}=16,topology\.sc-[0-9a-f]{8}=32\]$/);
  inner.end();
});

void t.test('values that cannot be shown exactly carry a digest', (inner) => {
  inner.match(nameOf({ a: 'Hello World' }), /^s\[a=hello-world-[0-9a-f]{8}\]$/);
  inner.match(nameOf({ a: '64' }), /^s\[a=64-[0-9a-f]{8}\]$/, 'a text that looks like a number');
  inner.match(nameOf({ a: [1, 2] }), /^s\[a=list-[0-9a-f]{8}\]$/);
  inner.match(nameOf({ a: { b: 1 } }), /^s\[a=map-[0-9a-f]{8}\]$/);
  inner.match(nameOf({ a: '' }), /^s\[a=[0-9a-f]{8}\]$/);
  inner.equal(nameOf({ a: true, b: null }), 's[a=true,b=null]');
  inner.end();
});

void t.test('paths with one base name are told apart, others stay readable', (inner) => {
  const listed = { profile_path: ['a/cmp.yaml', 'b/cmp.yaml', 'a/other.yaml'] };
  const first = nameOf({ profile_path: 'a/cmp.yaml' }, listed);
  const second = nameOf({ profile_path: 'b/cmp.yaml' }, listed);
  inner.match(first, /^s\[profile=cmp-[0-9a-f]{8}\]$/);
  inner.not(first, second);
  inner.equal(nameOf({ profile_path: 'a/other.yaml' }, listed), 's[profile=other]');
  inner.end();
});

void t.test('long names are cut and stay different', (inner) => {
  const values = (last: number): Record<string, Json> =>
    Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`key_${String(i)}`, i === 29 ? last : 123456789]),
    );
  const [one, two] = [nameOf(values(1)), nameOf(values(2))];
  inner.equal(one.length, 128);
  inner.match(one, RUN_NAME);
  inner.not(one, two);
  inner.end();
});
