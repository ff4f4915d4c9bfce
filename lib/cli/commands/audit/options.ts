import { GREP, MANIFEST_OPERANDS, MANIFESTS, PROFILE, ROOT, SET, TAG } from '../../options/common-options.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

export const AUDIT_OPTIONS = {
  root: ROOT,
  manifests: MANIFESTS,
  grep: GREP,
  tag: TAG,
  profile: PROFILE,
  set: SET,
  json: { type: 'boolean', describe: 'Print the report as JSON' },
} as const satisfies Options;

export const AUDIT_OPERANDS = { '[globs..]': MANIFEST_OPERANDS } as const satisfies Operands;

export type AuditArguments = Parsed<typeof AUDIT_OPTIONS, typeof AUDIT_OPERANDS>;
