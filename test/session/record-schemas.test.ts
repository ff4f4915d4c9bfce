import fc from 'fast-check';
import t from 'tap';
import { checkOf, isObject } from '../../lib/base/schema-check.js';
import type { Schema, SchemaNode } from '../../lib/base/schema.js';
import { CODEX_MOTIF, CODEX_PROPOSAL } from '../../lib/engine/codex/records.js';
import { NAP_ENVELOPE } from '../../lib/engine/gate/records.js';
import { I_BLOCK, P_BLOCK } from '../../lib/engine/loom/records.js';
import { APX_CANDIDATES, APX_MANIFEST, APXI_VIEW } from '../../lib/engine/press/records.js';
import { ULEDGER_ENTRY } from '../../lib/engine/uledger/records.js';
import { DIAGNOSTICS_RECORD, TICK_LEDGER } from '../../lib/engine/umx/records.js';
import type { ArtefactRecords } from '../../lib/session/artefact-records.js';
import { APPLIED_EVENT, CHAIN_LINK } from '../../lib/session/record-schemas.js';
import { collectRun, records } from './collect-run.js';
import { Draw } from './draw.js';
import { withGraphs } from './random-graphs.js';
import { randomInputs } from './random-inputs.js';

/** The kinds of one record per line whose record is declared as a schema. */
const SCHEMAS = {
  umx_ledger: TICK_LEDGER,
  loom_p_blocks: P_BLOCK,
  loom_i_blocks: I_BLOCK,
  loom_chain: CHAIN_LINK,
  apx_manifests: APX_MANIFEST,
  apx_candidates: APX_CANDIDATES,
  apxi_views: APXI_VIEW,
  nap_envelopes: NAP_ENVELOPE,
  u_ledger: ULEDGER_ENTRY,
  slp: APPLIED_EVENT,
  diagnostics: DIAGNOSTICS_RECORD,
  codex_motifs: CODEX_MOTIF,
  codex_proposals: CODEX_PROPOSAL,
} as const satisfies { readonly [K in keyof ArtefactRecords]?: Schema<ArtefactRecords[K]> };

/** Fields of a value that its schema does not have. */
function unknownFields(schema: SchemaNode, value: unknown, at = ''): readonly string[] {
  if (Array.isArray(value))
    return schema.items === undefined
      ? []
      : value.flatMap((item) => unknownFields(schema.items!, item, `${at}[]`));
  if (!isObject(value)) return [];
  const { properties, additionalProperties: others } = schema;
  return Object.entries(value).flatMap(([field, member]) => {
    const known = properties?.[field] ?? (typeof others === 'object' ? others : undefined);
    const place = `${at}/${field}`;
    return known === undefined
      ? [place]
      : known.type === undefined
        ? []
        : unknownFields(known, member, place);
  });
}

void t.test('the engine writes exactly the fields of the schemas of its records', (t) => {
  const checks = Object.entries(SCHEMAS).map(([kind, schema]) => ({
    kind,
    schema,
    check: checkOf<unknown>(schema as Schema),
  }));
  const seen = new Set<string>();
  const astray = new Set<string>();
  const property = fc.property(fc.gen(), (value) => {
    const draw = new Draw(value);
    const { texts } = collectRun(withGraphs(draw, randomInputs(draw)));
    for (const { kind, schema, check } of checks)
      for (const record of records<unknown>(texts[kind] ?? '')) {
        seen.add(kind);
        if (!check(record))
          astray.add(`${kind} violates its schema: ${JSON.stringify(record).slice(0, 600)}`);
        for (const field of unknownFields(schema, record)) astray.add(`${kind}${field} is not in its schema`);
      }
  });
  fc.assert(property, { seed: 20261130, numRuns: 300 });
  t.strictSame([...astray].slice(0, 9), []);
  t.strictSame([...seen].sort(), Object.keys(SCHEMAS).sort(), 'every kind was written');
  t.end();
});
