import t from 'tap';
import type { NapEnvelope } from '../../lib/engine/gate/envelope.js';
import type { IBlock } from '../../lib/engine/loom/blocks.js';
import type { ApxiView } from '../../lib/engine/press/apxi-view.js';
import type { ApxCandidates, ApxManifest } from '../../lib/engine/press/manifest.js';
import type { ULedgerEntry } from '../../lib/engine/uledger/entry.js';
import type { TickLedger } from '../../lib/engine/umx/ledger-record.js';
import type { AppliedEvent, ChainLink } from '../../lib/session/artefact-records.js';
import type * as Shown from '../../lib/ui/tabs/pillars/record-shapes.js';

/** The shape with which the pillars tab reads a record, and the type with which the engine writes it. */
interface Records {
  readonly ledger: [Shown.TickLedger, TickLedger];
  readonly i_block: [Shown.IBlock, IBlock];
  readonly link: [Shown.ChainLink, ChainLink];
  readonly manifest: [Shown.ApxManifest, ApxManifest];
  readonly candidates: [Shown.ApxCandidates, ApxCandidates];
  readonly apxi_view: [Shown.ApxiView, ApxiView];
  readonly envelope: [Shown.Envelope, NapEnvelope];
  readonly u_entry: [Shown.LedgerEntry, ULedgerEntry];
  readonly event: [Shown.AppliedEvent, AppliedEvent];
}

/** `true` compiles only if the written record has all fields that are shown. */
type Agreement = {
  readonly [R in keyof Records]: Records[R][1] extends Records[R][0] ? true : Records[R];
};

void t.test('the pillars tab reads only fields that records of the engine have', (t) => {
  const agreement: Agreement = {
    ledger: true,
    i_block: true,
    link: true,
    manifest: true,
    candidates: true,
    apxi_view: true,
    envelope: true,
    u_entry: true,
    event: true,
  };
  t.ok(Object.values(agreement).every(Boolean), 'compiled');
  t.end();
});
