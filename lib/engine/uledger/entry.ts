import type { ByteWriter } from '../../base/byte-writer.js';
import { canonicalJson, type Json } from '../../base/canonical-json.js';
import { Latest } from '../../base/derived.js';
import type { RunInputs } from '../inputs.js';

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
  readonly #meta: string;
  readonly #policy: string;
  readonly #run: string;
  readonly #version: string;
  readonly #windowIds: ReadonlyMap<string, string>;
  readonly #isAscii: boolean;

  /** `usage` is the governance budget usage when proposals were judged, else null. */
  constructor(inputs: RunInputs, policySetHash: string, usage: Json) {
    const { topology, run } = inputs;
    const meta = usage === null ? {} : { governance_budget: usage };
    this.#gid = `","codex_library_hash":null,"gid":${canonicalJson(topology.gid)},"loom_block_hash":"`;
    this.#policy = `","policy_set_hash":"${policySetHash}","prev_entry_hash":`;
    this.#meta = `,"meta":${canonicalJson(meta)},"nap_envelope_hash":"`;
    this.#run = `,"run_id":${canonicalJson(run.run_id)},"slp_event_refs":`;
    const version = canonicalJson(topology.topology_version);
    this.#version = `,"timestamp_utc":null,"topology_version":${version},"umx_ledger_hash":"`;
    this.#windowIds = new Map(
      run.windows.map((w) => [w.window_id, `","window_id":${canonicalJson(w.window_id)}}`]),
    );
    const own = [this.#gid, this.#meta, this.#run, this.#version, ...this.#windowIds.values()];
    this.#isAscii = own.every((text) => ASCII.test(text));
  }

  /** Appends one entry, without a line end; `events` are the ids of the tick's structural events as JSON. */
  encode(out: ByteWriter, e: EntryFields, events: Uint8Array): void {
    const prev = e.prev_entry_hash === null ? 'null' : `"${e.prev_entry_hash}"`;
    // In few pieces: each of them is a call out of the runtime, which costs more than putting the text together.
    this.#put(
      out,
      `{"C_t":${e.C_t},"apx_manifest_hash":"${e.apx_manifest_hash}${this.#gid}${e.loom_block_hash}` +
        `","manifest_check":${e.manifest_check}${this.#meta}${e.nap_envelope_hash}${this.#policy}${prev}${this.#run}`,
    );
    out.raw(events);
    const window = this.#windowIds.get(e.window_id)!;
    this.#put(out, `,"tick":${e.tick}${this.#version}${e.umx_ledger_hash}${window}`);
  }

  #put(out: ByteWriter, text: string): void {
    if (this.#isAscii) out.ascii(text);
    else out.text(text);
  }
}

const ASCII = /^[\x20-\x7e]*$/;
