import { MODE_WORDS, type ModeWord } from '../../engine/inputs.js';
import { AUDIT_ENTRY, BUDGET_KNOBS, type AuditEntry, type BudgetKnob } from '../wire/governance.js';
import { integer, list, object, oneOf, orNull, ref } from '../wire/schema.js';
import { checkBySchema } from './document-check.js';
import type { StateDirectory } from './state-directory.js';

/** The operator's settings; a scenario keeps its own value where a knob is absent. */
export interface GovernanceKnobs {
  readonly mode: ModeWord | null;
  readonly budget: Readonly<Partial<Record<BudgetKnob, number>>>;
}

/** The governance document of the state directory. */
export interface GovernanceDocument {
  readonly v: 1;
  readonly knobs: GovernanceKnobs;
  readonly audit: readonly AuditEntry[];
}

const limit = integer('The limit.', { minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const check = checkBySchema(
  object('The base governance.', {
    v: integer('Version.', { const: 1 }),
    knobs: object('The knobs.', {
      mode: orNull(oneOf(MODE_WORDS, 'Governance mode.')),
      budget: object('Limits.', {}, Object.fromEntries(BUDGET_KNOBS.map((knob) => [knob, limit]))),
    }),
    audit: list(ref(AUDIT_ENTRY), 'Every change, oldest first.'),
  }),
);
const checkEntry = checkBySchema(ref(AUDIT_ENTRY));

/** The document, and whether it has to be written because it replaces a damaged one. */
export function readGovernance(
  state: StateDirectory,
  name: string,
  at: string,
): { readonly document: GovernanceDocument; readonly isNew: boolean } {
  const { value, damage } = state.read<GovernanceDocument>(name, check);
  if (value !== undefined) return { document: value, isNew: false };
  const knobs: GovernanceKnobs = { mode: null, budget: {} };
  if (damage === undefined) return { document: { v: 1, knobs, audit: [] }, isNew: false };
  const entry = { at, who: 'service', field: 'document', from: damage.kept ?? 'damaged', to: null };
  return { document: { v: 1, knobs, audit: [...savedEntries(damage.found), entry] }, isNew: true };
}

/** The sound entries of a damaged document's audit log. */
function savedEntries(found: unknown): readonly AuditEntry[] {
  const { audit } = (found ?? {}) as { readonly audit?: unknown };
  return Array.isArray(audit)
    ? audit.filter((entry): entry is AuditEntry => checkEntry(entry) === undefined)
    : [];
}
