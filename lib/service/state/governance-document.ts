import { MODE_WORDS } from '../../engine/inputs.js';
import { AUDIT_ENTRY, BUDGET_KNOBS, type AuditEntry } from '../wire/governance.js';
import { each, integer, list, object, oneOf, orNull, version, type Infer } from '../../base/schema.js';
import { ref } from '../wire/named-schema.js';
import { checkBySchema } from './document-check.js';
import type { StateDirectory } from './state-directory.js';

const limit = integer('The limit.', { minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** The settings of the operator; a scenario keeps its own value if a knob is absent. */
const KNOBS = object('The knobs.', {
  mode: orNull(oneOf(MODE_WORDS, 'Governance mode.')),
  budget: object('Limits.', {}, each(BUDGET_KNOBS, limit)),
});
export type GovernanceKnobs = Infer<typeof KNOBS>;

/** The governance document of the state directory. */
const DOCUMENT = object('The base governance.', {
  v: version(1),
  knobs: KNOBS,
  audit: list(ref(AUDIT_ENTRY), 'Every change, oldest first.'),
});
export type GovernanceDocument = Infer<typeof DOCUMENT>;

const check = checkBySchema(DOCUMENT);
const checkEntry = checkBySchema(ref(AUDIT_ENTRY));

/** The document, and whether it must be written because it replaces a damaged one. */
export function readGovernance(
  state: StateDirectory,
  name: string,
  at: string,
): { readonly document: GovernanceDocument; readonly isNew: boolean } {
  const { value, damage } = state.read(name, check);
  if (value !== undefined) return { document: value, isNew: false };
  const knobs: GovernanceKnobs = { mode: null, budget: {} };
  if (damage === undefined) return { document: { v: 1, knobs, audit: [] }, isNew: false };
  const entry = { at, who: 'service', field: 'document', from: damage.kept ?? 'damaged', to: null };
  return { document: { v: 1, knobs, audit: [...savedEntries(damage.found), entry] }, isNew: true };
}

/** The valid entries of the audit log in a damaged document. */
function savedEntries(found: unknown): readonly AuditEntry[] {
  const { audit } = (found ?? {}) as { readonly audit?: unknown };
  return Array.isArray(audit) ? audit.flatMap((entry) => soundEntry(entry) ?? []) : [];
}

function soundEntry(found: unknown): AuditEntry | undefined {
  const checked = checkEntry(found);
  return 'value' in checked ? checked.value : undefined;
}
