import type { Json } from '../../base/canonical-json.js';
import { hashRecord, sha256, type Digest } from '../../base/digest.js';
import type { RunInputs } from '../../engine/inputs.js';
import type { ApxManifest } from '../../engine/press/records.js';
import { manifestCheck } from '../../engine/press/manifest-check.js';
import { ULedgerValidator, type WindowEvidence } from '../../engine/uledger/validator.js';
import type { StoredRecord } from '../artefacts/record-chunk.js';
import type { Findings } from './broken.js';

const MANIFESTS = 'APX manifests: manifest_check over their streams';
const ENTRIES = 'U-ledger: hash chain and agreement with every other artefact';

/**
 * Values of a tick in the other artefacts; null if they are not stored, in which case the entry is not
 * checked against them.
 */
export interface TickTestimony {
  readonly C_t: number | null;
  readonly umx_ledger_hash: Digest | null;
  readonly loom_block_hash: Digest | null;
  readonly nap_envelope_hash: Digest | null;
}

/**
 * Checks manifests, then the U-ledger entries that contain their checks (engine contract, sections 5.4 and
 * 7).
 */
export class CommitCheck {
  readonly #findings: Findings;
  readonly #inputs: RunInputs;
  readonly #windows = new Map<string, WindowEvidence>();
  readonly #validator: ULedgerValidator;
  #last: Digest | null = null;
  #isEveryWindowKnown = false;

  constructor(inputs: RunInputs, findings: Findings) {
    this.#inputs = inputs;
    this.#findings = findings;
    this.#validator = new ULedgerValidator(this.#windows);
    findings.checking(ENTRIES);
  }

  /** Hash of the last entry checked. */
  get last(): Digest | null {
    return this.#last;
  }

  manifest(text: string): void {
    const manifest = JSON.parse(text) as ApxManifest;
    const { accounting } = this.#inputs.profile.press_defaults;
    const expected = manifestCheck(manifest, accounting, this.#inputs.profile.modulus_M);
    const { window_id, manifest_check: found } = manifest;
    this.#windows.set(window_id, { manifest_check: found, apx_manifest_hash: sha256(text) });
    if (expected === found) return;
    const window = this.#inputs.run.windows.find((w) => w.window_id === window_id);
    const at = { tick: window?.end_tick ?? null, artefact: 'apx_manifests', field: 'manifest_check' };
    this.#findings.add(MANIFESTS, { ...at, expected, found });
  }

  /**
   * Marks the end of the manifests. Without this call some could not be read, and entries are not checked
   * against them.
   */
  manifestsEnd(): void {
    this.#findings.checking(MANIFESTS);
    this.#isEveryWindowKnown = true;
  }

  entry(text: string, said: TickTestimony): void {
    if (this.#findings.isBroken(ENTRIES)) return;
    const entry = JSON.parse(text) as StoredRecord;
    const own = (field: string): Digest => entry[field] as Digest;
    const window_id = String(entry['window_id']);
    if (!this.#isEveryWindowKnown && !this.#windows.has(window_id)) {
      const manifest_check = Number(entry['manifest_check']);
      this.#windows.set(window_id, { manifest_check, apx_manifest_hash: own('apx_manifest_hash') });
    }
    const broken = this.#validator.check(entry, sha256(text), {
      tick: this.#validator.ticks + 1,
      C_t: said.C_t ?? Number(entry['C_t']),
      umx_ledger_hash: said.umx_ledger_hash ?? own('umx_ledger_hash'),
      loom_block_hash: said.loom_block_hash ?? own('loom_block_hash'),
      nap_envelope_hash: said.nap_envelope_hash ?? own('nap_envelope_hash'),
    });
    this.#last = hashRecord(entry as Json);
    if (broken === undefined) return;
    const { tick, field, expected } = broken;
    const found = (broken.found ?? null) as Json;
    const window = this.#inputs.run.windows.find((w) => w.window_id === entry['window_id']);
    const settled = field.startsWith('apx_') || field === 'manifest_check' ? window?.end_tick : tick;
    this.#findings.add(ENTRIES, { tick, artefact: 'u_ledger', field, expected, found }, settled);
  }

  /** Fields of the run record about the whole U-ledger. */
  end(claims: {
    readonly entries: number;
    readonly found: number;
    readonly last_hash: Json | undefined;
  }): void {
    const at = { tick: null, artefact: 'u_ledger' };
    if (claims.entries !== claims.found) {
      this.#findings.add(ENTRIES, { ...at, field: 'entries', expected: claims.entries, found: claims.found });
    }
    if (claims.last_hash !== undefined && claims.last_hash !== this.#last) {
      const field = 'metrics/uledger_last_hash';
      const found = claims.last_hash;
      this.#findings.add(ENTRIES, { tick: null, artefact: 'record', field, expected: this.#last, found });
    }
  }
}
