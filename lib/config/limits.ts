/**
 * Limits that keep a hostile or mistaken document from exhausting the process. The caller can set each of
 * them.
 */
export interface DocumentLimits {
  /** Bytes of a JSON topology or PFNA document. */
  readonly large_json_bytes: number;
  /** Bytes of a YAML topology or PFNA document; lower, because YAML costs several times more memory. */
  readonly large_yaml_bytes: number;
  /** Bytes of any other document. */
  readonly small_bytes: number;
  /** Weight of the values of all documents of one call: one each, five for a map or a list. */
  readonly values: number;
  /**
   * Keys and values of one YAML document, estimated from its separators; lower, because YAML costs several
   * times more memory.
   */
  readonly yaml_values: number;
  /** Keys of one map of a JSON document. */
  readonly map_keys: number;
  /** Nesting of maps and lists. */
  readonly depth: number;
  /** Alias uses (`*name`) in one document. */
  readonly aliases: number;
  /** Values that the aliases of one document expand to, over all expansions. */
  readonly alias_values: number;
  /** Problems reported per document; a last line counts the rest. */
  readonly problems: number;
  readonly nodes: number;
  readonly edges: number;
  /** Windows of one run, including those expanded from `every`. */
  readonly windows: number;
  /** Values of one sweep axis given as a list. */
  readonly axis_values: number;
  /**
   * Steps of expanding the sweeps of one call: combinations x (their values + lookups of exclude and include
   * entries).
   */
  readonly sweep_steps: number;
}

export const DEFAULT_LIMITS: DocumentLimits = {
  large_json_bytes: 128 * 1024 * 1024,
  large_yaml_bytes: 32 * 1024 * 1024,
  small_bytes: 16 * 1024 * 1024,
  values: 16_000_000,
  yaml_values: 2_400_000,
  map_keys: 100_000,
  depth: 64,
  aliases: 1000,
  alias_values: 100_000,
  problems: 200,
  nodes: 1_000_000,
  edges: 4_000_000,
  windows: 100_000,
  axis_values: 100_000,
  sweep_steps: 32_000_000,
};

/** Runs computed at once; each is a thread. */
export const MAX_JOBS = 256;
