import type { ByteWriter } from '../../base/byte-writer.js';
import { canonicalJson, type Json } from '../../base/canonical-json.js';
import { Latest } from '../../base/derived.js';
import type { RunInputs } from '../inputs.js';
import { piece } from '../json-text.js';

/** U-ledger entry, one per committed tick (section 7). */
export interface ULedgerEntry {
  readonly gid: string;
  readonly run_id: string;
  readonly tick: number;
  readonly window_id: string;
  readonly C_t: number;
  readonly manifest_check: number;
  readonly nap_envelope_hash: string;
  readonly umx_ledger_hash: string;
  readonly loom_block_hash: string;
  readonly apx_manifest_hash: string;
  readonly prev_entry_hash: string | null;
  readonly codex_library_hash: null;
  readonly timestamp_utc: null;
  readonly meta: { readonly [key: string]: Json };
  readonly slp_event_refs: readonly string[];
  readonly topology_version: string;
  readonly policy_set_hash: string;
}

/** The varying fields of the entries of one run; hashes as hex. */
export interface EntryFields {
  readonly tick: number;
  readonly C_t: number;
  readonly window_id: string;
  readonly manifest_check: number;
  readonly apx_manifest_hash: string;
  readonly nap_envelope_hash: string;
  readonly umx_ledger_hash: string;
  readonly loom_block_hash: string;
  readonly prev_entry_hash: string | null;
}

type EncoderKey = readonly [string, string, string, RunInputs['run']['windows'], string];
const latest = new Latest<EncoderKey, EntryEncoder>();

/** Writes U-ledger entries as canonical JSON. */
export class EntryEncoder {
  /** The encoder of a run without budget usage; runs of a sweep share one. */
  static of(inputs: RunInputs, policySetHash: string): EntryEncoder {
    const { gid, topology_version } = inputs.topology;
    const { run_id, windows } = inputs.run;
    const key = [gid, topology_version, run_id, windows, policySetHash] as const;
    return latest.of(key, () => new EntryEncoder(inputs, policySetHash, null));
  }

  readonly #gid: string;
  readonly #policy: string;
  readonly #run: Uint8Array;
  readonly #version: Uint8Array;
  readonly #windowIds: ReadonlyMap<string, Uint8Array>;

  /** `usage` is the governance budget usage when proposals were judged, else null. */
  constructor(inputs: RunInputs, policySetHash: string, usage: Json) {
    const { topology, run } = inputs;
    const meta = usage === null ? {} : { governance_budget: usage };
    this.#gid = `,"codex_library_hash":null,"gid":${canonicalJson(topology.gid)},"loom_block_hash":"`;
    this.#policy = `,"policy_set_hash":"${policySetHash}","prev_entry_hash":`;
    this.#meta = `,"meta":${canonicalJson(meta)},"nap_envelope_hash":"`;
    this.#run = piece(`,"run_id":${canonicalJson(run.run_id)},"slp_event_refs":`);
    this.#version = piece(
      `,"timestamp_utc":null,"topology_version":${canonicalJson(topology.topology_version)},"umx_ledger_hash":"`,
    );
    this.#windowIds = new Map(
      run.windows.map((w) => [w.window_id, piece(`,"window_id":${canonicalJson(w.window_id)}}`)]),
    );
  }

  readonly #meta: string;

  /** Appends one entry, without a line end; `events` are the ids of the tick's structural events as JSON. */
  encode(out: ByteWriter, e: EntryFields, events: Uint8Array): void {
    out.ascii(`{"C_t":${e.C_t},"apx_manifest_hash":"${e.apx_manifest_hash}"`);
    out.text(this.#gid);
    out.ascii(`${e.loom_block_hash}","manifest_check":${e.manifest_check}`);
    out.text(this.#meta);
    out.ascii(`${e.nap_envelope_hash}"`);
    out.ascii(this.#policy);
    out.ascii(e.prev_entry_hash === null ? 'null' : `"${e.prev_entry_hash}"`);
    out.raw(this.#run);
    out.raw(events);
    out.ascii(',"tick":');
    out.int(e.tick);
    out.raw(this.#version);
    out.ascii(`${e.umx_ledger_hash}"`);
    out.raw(this.#windowIds.get(e.window_id)!);
  }
}
