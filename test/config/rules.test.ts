import t from 'tap';
import { resolved } from './resolved.js';
import { PROFILE, TOPOLOGY } from './sample-documents.js';

void t.test('s_t rules are resolved with their fields', (t) => {
  const rule = (text: string): unknown =>
    resolved({ 'p.yaml': `${PROFILE}s_t_rule: ${text}\n` }).profile.s_t_rule;
  t.strictSame(rule('{type: any}'), { mode: 'constant', value: 9 });
  t.strictSame(rule('{gf01_constant: 4}'), { mode: 'constant', value: 4 });
  t.strictSame(rule('{mode: constant, value: 0, gf01_constant: 4}'), { mode: 'constant', value: 0 });
  t.strictSame(rule('{mode: prime_weighted, value: 3}'), { mode: 'prime_weighted' });
  t.strictSame(rule('{mode: sum_abs_flux}'), { mode: 'sum_abs_flux', offset: 0, scale: 1, max_value: null });
  t.strictSame(rule('{mode: sum_abs_flux, offset: 2, scale: 3, max_value: 4}'), {
    mode: 'sum_abs_flux',
    offset: 2,
    scale: 3,
    max_value: 4,
  });
  t.end();
});

void t.test('topology versions are accepted or refused', (t) => {
  const version = (meta: string): string =>
    resolved({ 't.yaml': TOPOLOGY.replace('{version: v1}', meta) }).topology.topology_version;
  t.equal(version('{}'), 'v1');
  t.equal(version('{version: ""}'), 'v1');
  t.equal(version('{version: null}'), 'v1');
  t.equal(version('{version: 7, any: 1.5}'), '7');
  t.equal(version('{version: "1.0"}'), '1.0');
  t.end();
});
