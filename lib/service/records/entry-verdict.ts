import type { Json } from '../../base/canonical-json.js';
import { hashRecord } from '../../base/digest.js';
import type { RunView } from '../../inspect/index.js';
import type { EntryVerdict } from '../wire/run-data.js';
import { present } from './present.js';

/** Verifies a U-ledger entry against the stored artefacts. @throws Refusal unknown-record */
export async function entryVerdict(view: RunView, at: number): Promise<EntryVerdict> {
  const entry = present(await view.uEntry(at)) as unknown as Record<string, string | null>;
  const hashOf = (value: unknown): string => hashRecord(value as Json);
  const envelopes = present(await view.envelopes({ tick: at }));
  const data = envelopes.find(({ seq, meta }) => seq === at && 'pfna_integerization' in (meta as object));
  const before = at === 1 ? null : hashOf(present(await view.uEntry(at - 1)));
  const manifest = await view.manifest(String(entry['window_id']));
  const expected: Readonly<Record<string, string | null>> = {
    umx_ledger_hash: hashOf(present(await view.ledger(at))),
    loom_block_hash: hashOf(present(await view.pBlock(at))),
    nap_envelope_hash: data === undefined ? null : hashOf(data),
    apx_manifest_hash: manifest.ok ? hashOf(manifest.value) : null,
    prev_entry_hash: before,
  };
  const fields = Object.entries(expected).map(([field, value]) => {
    const found = entry[field] ?? null;
    return { field, ok: found === value, expected: value, found };
  });
  return { tick: at, ok: fields.every(({ ok }) => ok), fields };
}
