/** The published GF-01 numbers, from the shipped manifest, through the real commands and the store. */
import { join } from 'node:path';
import t from 'tap';
import { REPO } from '../config/repo.js';
import { CliFixture } from './cli-fixture.js';

const MANIFEST = join(REPO, 'manifests/reference.yaml');
const C = [20987847, 356793608, 65491504, 113355772, 927048329, 759821701, 916969047, 588473909];
const STATE = [3, 1, 0, 0, 0, 0];

/** Per window: manifest check, and per stream the number of values and the bits of ID, GR(0..4) and R. */
const WINDOWS = {
  GF01_APX_v0_full_window: {
    check: 487809945,
    streams: [
      { values: 48, bits: [48, 48, 96, 144, 192, 240, 7] },
      { values: 64, bits: [64, 64, 128, 192, 256, 320, 8] },
    ],
  },
  GF01_APX_v0_ticks_1_2: {
    check: 869911338,
    streams: [
      { values: 12, bits: [12, 12, 24, 36, 48, 60, 5] },
      { values: 16, bits: [16, 16, 32, 48, 64, 80, 6] },
    ],
  },
} as const;

interface Row {
  readonly [field: string]: unknown;
}

void t.test('GF-01 has the published numbers', async (t) => {
  const cli = new CliFixture(t.testdir()).alwaysSpawned();
  const run = await cli.aether('run', 'gf01', '--manifests', MANIFEST);
  t.equal(run.code, 0, run.err);
  const rows = async (kind: string): Promise<readonly Row[]> => {
    const { out } = await cli.aether('cat', 'gf01', kind);
    t.ok(out.endsWith('\n'), `${kind} ends with a line feed`);
    return out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);
  };
  const column = (list: readonly Row[], field: string): unknown[] => list.map((row) => row[field]);

  const ledgers = await rows('umx_ledger');
  t.equal(ledgers.length, 8);
  for (const ledger of ledgers) {
    t.strictSame(ledger['post_u'], STATE);
    t.ok((ledger['edges'] as readonly Row[]).every((edge) => edge['f_e'] === 0));
  }
  const blocks = await rows('loom_p_blocks');
  t.strictSame(column(blocks, 'C_t'), C);
  t.strictSame(column(blocks, 's_t'), Array(8).fill(9));
  t.strictSame(column(await rows('loom_i_blocks'), 'tick'), [8]);

  const manifests = await rows('apx_manifests');
  const tables = await rows('apx_candidates');
  t.equal(manifests.length, 2);
  for (const [name, expected] of Object.entries(WINDOWS)) {
    const manifest = manifests.find((m) => m['apx_name'] === name)!;
    t.equal(manifest['manifest_check'], expected.check);
    t.strictSame(column(manifest['streams'] as readonly Row[], 'scheme'), ['R', 'R']);
    const streams = tables.find((table) => table['apx_name'] === name)!['streams'] as readonly Row[];
    const found = streams.map((stream) => ({
      values: stream['values'],
      bits: column(stream['candidates'] as readonly Row[], 'L_total'),
    }));
    t.strictSame(found, expected.streams);
  }
  const data = (await rows('nap_envelopes')).filter((envelope) => envelope['layer'] === 'DATA');
  t.strictSame(column(data, 'payload_ref'), Array(8).fill(487809945));
  t.strictSame(column(data, 'seq'), [1, 2, 3, 4, 5, 6, 7, 8]);
  t.strictSame(column(data, 'prev_chain'), [1234567, ...C.slice(0, 7)]);
  t.ok(data.every((envelope) => envelope['nid'] === 'N/A'));
});

void t.test('both commands use another accounting', async (t) => {
  const cli = new CliFixture(t.testdir()).alwaysSpawned();
  const set = ['-S', 'profile.press_defaults.accounting=varint-v1'];
  const one = await cli.aether('run', 'gf01', '--manifests', MANIFEST, ...set);
  t.equal(one.code, 0, one.err);
  const { out } = await cli.aether('cat', 'gf01', 'apx_manifests');
  // Two streams of zeros: R costs v(w) + v(T) + 8 bits per value of the first tick, then 8 per later value.
  const full = out.split('\n').find((line) => line.includes('full_window'))!;
  const streams = (JSON.parse(full) as { streams: readonly Row[] }).streams;
  t.strictSame(
    streams.map((s) => [s['scheme'], s['L_model'], s['L_residual'], s['L_total']]),
    [
      ['R', 64, 336, 400],
      ['R', 80, 448, 528],
    ],
  );
  const again = await cli.batch(MANIFEST, '-g', '^gf01$', ...set, '--json');
  t.equal(again.code, 0, again.err);
  t.match(JSON.parse(again.out), { cached: 1 }, 'the batch computes the same key');
  const plain = await cli.batch(MANIFEST, '-g', '^gf01$', '--json');
  t.match(JSON.parse(plain.out), { cached: 0 }, 'the published accounting has another key');
});
