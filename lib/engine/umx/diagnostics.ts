import type { Diagnostics } from '../inputs.js';
import type { UmxKernel } from './kernel.js';
import type { DiagnosticsRecord } from './records.js';

/** Checks a finished tick; never changes it. */
export function diagnose(tick: number, kernel: UmxKernel, rules: Diagnostics): DiagnosticsRecord {
  const { post_u } = kernel;
  const limit = rules.overflow_limit ?? Infinity;
  let min_u = Infinity;
  let max_u = -Infinity;
  let negatives = 0;
  let overflows = 0;
  for (const u of post_u) {
    if (u < min_u) min_u = u;
    if (u > max_u) max_u = u;
    if (u < 0) negatives++;
    if (u > limit || u < -limit) overflows++;
  }
  const violations: string[] = [];
  if (rules.allow_negative === false && negatives > 0)
    violations.push(`negative_state: ${negatives} nodes below 0`);
  if (overflows > 0) violations.push(`overflow: ${overflows} nodes beyond ${limit}`);
  if (rules.enforce_causal_radius && kernel.causal_radius_applied) {
    violations.push('causal_radius: a difference exceeded its radius and was clamped');
  }
  if (rules.enforce_epsilon_cap && kernel.epsilon_applied) {
    violations.push('epsilon_cap: a raw flux exceeded the cap and was cut');
  }
  return { tick, min_u, max_u, negatives, overflows, violations };
}
