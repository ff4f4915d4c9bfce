import { isStorable, MAX_INT } from '../../base/integers.js';
import type { PfnaAuditValue } from '../../engine/inputs.js';

/** How values of a document are converted: n = (x + origin) * scale, then clamped. */
export interface PfnaTransform {
  readonly scale: number;
  readonly origin: number;
  readonly clamp_min: number | null;
  readonly clamp_max: number | null;
}

/** The steps of the transform for one value, or the exact result if a record cannot store it. */
export type TransformResult = { readonly audit: PfnaAuditValue } | { readonly tooLarge: bigint };

/** Applies the transform exactly, for intermediate results of any size. */
export function transformValue(raw: number, index: number, transform: PfnaTransform): TransformResult {
  const shifted = raw + transform.origin;
  const scaled = shifted * transform.scale;
  // A rounded product of safe integers is never below a safe one, so a result within range proves both exact.
  if (Number.isSafeInteger(shifted) && Math.abs(scaled) <= MAX_INT)
    return { audit: auditOf(raw, index, { shifted: String(shifted), rounded: scaled + 0, transform }) };
  const exactShifted = BigInt(raw) + BigInt(transform.origin);
  const exact = exactShifted * BigInt(transform.scale);
  if (!isStorable(exact)) return { tooLarge: exact };
  return { audit: auditOf(raw, index, { shifted: String(exactShifted), rounded: Number(exact), transform }) };
}

interface Steps {
  readonly shifted: string;
  readonly rounded: number;
  readonly transform: PfnaTransform;
}

function auditOf(raw: number, index: number, { shifted, rounded, transform }: Steps): PfnaAuditValue {
  const { clamp_min, clamp_max } = transform;
  let clamped = rounded;
  if (clamp_min !== null && clamped < clamp_min) clamped = clamp_min;
  if (clamp_max !== null && clamped > clamp_max) clamped = clamp_max;
  return {
    index,
    raw: String(raw),
    shifted: `${shifted}.000000`,
    scaled: `${String(rounded)}.000000`,
    rounded,
    clamped,
  };
}
