import t from 'tap';
import { sha256 } from '../../../lib/base/digest.js';
import {
  ULedgerValidator,
  type BrokenEntry,
  type StoredEntry,
  type TickEvidence,
  type WindowEvidence,
} from '../../../lib/engine/uledger/validator.js';
import { busyRun } from '../../session/busy-run.js';
import { collectRun, records } from '../../session/collect-run.js';

const { texts } = collectRun(busyRun());
const lines = (kind: string): string[] => texts[kind]!.split('\n').slice(0, -1);

/** The hashes of the stored records of each tick. */
const EVIDENCE: readonly TickEvidence[] = lines('umx_ledger').map((ledger, at) => ({
  tick: at + 1,
  C_t: records<{ C_t: number }>(texts['loom_p_blocks']!)[at]!.C_t,
  umx_ledger_hash: sha256(ledger),
  loom_block_hash: sha256(lines('loom_p_blocks')[at]!),
  nap_envelope_hash: sha256(lines('nap_envelopes').filter((line) => line.includes('"layer":"DATA"'))[at]!),
}));

const WINDOWS: ReadonlyMap<string, WindowEvidence> = new Map(
  lines('apx_manifests').map((line) => {
    const { window_id, manifest_check } = JSON.parse(line) as { window_id: string; manifest_check: number };
    return [window_id, { manifest_check, apx_manifest_hash: sha256(line) }];
  }),
);

/** The first invalid entry, reading stored lines in order. */
function firstBroken(stored: readonly string[]): BrokenEntry | undefined {
  const validator = new ULedgerValidator(WINDOWS);
  for (const [at, line] of stored.entries()) {
    const broken = validator.check(JSON.parse(line) as StoredEntry, sha256(line), EVIDENCE[at]!);
    if (broken !== undefined) return broken;
  }
  t.equal(validator.ticks, stored.length);
  return undefined;
}

void t.test('the U-ledger of a run is valid', (t) => {
  t.equal(lines('u_ledger').length, 12);
  t.equal(firstBroken(lines('u_ledger')), undefined);
  t.end();
});

void t.test('a changed field is reported with its tick', (t) => {
  const fields = {
    tick: 99,
    window_id: 'nowhere',
    C_t: 1,
    manifest_check: 1,
    nap_envelope_hash: sha256('x'),
    umx_ledger_hash: sha256('x'),
    loom_block_hash: sha256('x'),
    apx_manifest_hash: sha256('x'),
    prev_entry_hash: sha256('x'),
    policy_set_hash: null,
  };
  for (const [field, found] of Object.entries(fields)) {
    for (const tick of [1, 5, 12]) {
      const stored = lines('u_ledger');
      stored[tick - 1] = JSON.stringify({ ...(JSON.parse(stored[tick - 1]!) as object), [field]: found });
      t.match(firstBroken(stored), { tick, field, found }, `${field} of tick ${String(tick)}`);
    }
  }
  t.end();
});

void t.test('a changed field that no other artefact contains breaks the next link', (t) => {
  const stored = lines('u_ledger');
  stored[4] = JSON.stringify({ ...(JSON.parse(stored[4]!) as object), meta: { forged: true } });
  t.match(firstBroken(stored), { tick: 6, field: 'prev_entry_hash' });
  t.end();
});

void t.test('a missing or swapped entry is reported at its expected position', (t) => {
  const stored = lines('u_ledger');
  t.match(firstBroken([...stored.slice(0, 3), ...stored.slice(4)]), { tick: 4, field: 'tick', found: 5 });
  t.match(firstBroken(stored.slice(1)), { tick: 1, field: 'tick', found: 2 });
  t.end();
});
