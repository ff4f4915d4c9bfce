import type { CheckContext } from '../documents/loaded.js';
import { nearestHint } from '../nearest.js';
import { overrideFromKey, overridePath, type Override } from '../override.js';
import type { Path } from '../source/path.js';

/** A key of a sweep in canonical form, and the path of the value that it sets. */
export interface SweepKey {
  readonly text: string;
  /** Starts with the document. */
  readonly path: Path;
}

/** `run.ticks` and `ticks` are the same key; undefined for an invalid key. */
export function sweepKey(written: string): SweepKey | undefined {
  const made = overrideFromKey(written, null, '');
  return made.ok ? keyOf(made.value) : undefined;
}

/** The sweep key, in canonical form, that sets the same value as an override. */
export function overrideKey(override: Override): string {
  return keyOf(override).text;
}

function keyOf(override: Override): SweepKey {
  const path = overridePath(override);
  const [root, ...below] = path;
  const text = (root === 'run' ? below : path)
    .map((step) => (typeof step === 'number' ? `[${String(step)}]` : `.${step}`))
    .join('');
  return { text: text.slice(1), path };
}

interface Axis {
  readonly written: string;
  /** The part of the scenario: `matrix`, `zip`, `random` or `include`. */
  readonly part: string;
}

/** Checks the keys of the sweep of one scenario against the documents they set, and against each other. */
export class SweepKeys {
  readonly #context: CheckContext;
  readonly #axes = new Map<string, Axis>();
  /** By path: the key that sets the value there, and one that sets a value below it. */
  readonly #whole = new Map<string, string>();
  readonly #below = new Map<string, string>();

  constructor(context: CheckContext) {
    this.#context = context;
  }

  axis(at: Path, part: string): void {
    this.#takeAxis(at, part, this.#axes);
  }

  /** Checks the keys of an included combination; all axes must be added before. */
  included(at: Path, cell: Readonly<Record<string, unknown>>): void {
    const own = new Map<string, Axis>();
    for (const key of Object.keys(cell)) this.#takeAxis([...at, key], 'the same entry', own);
  }

  /** An exclusion by a key that is not an axis would never match. */
  excluded(at: Path, cell: Readonly<Record<string, unknown>>): void {
    const own = new Map<string, Axis>();
    for (const written of Object.keys(cell)) {
      const key = this.#known([...at, written], written);
      if (!key) continue;
      this.#once([...at, written], key, { own, part: 'the same entry' });
      if (this.#axes.has(key.text)) continue;
      const message = `"${written}" is not an axis of this sweep`;
      const hint = nearestHint(
        written,
        [...this.#axes.values()].map((axis) => axis.written),
      );
      this.#tell([...at, written], 'unknown-key', { message, hint });
    }
  }

  #takeAxis(at: Path, part: string, own: Map<string, Axis>): void {
    const key = this.#known(at, String(at.at(-1)));
    if (key && this.#once(at, key, { own, part })) this.#checkApart(at, key);
  }

  #known(at: Path, written: string): SweepKey | undefined {
    const made = overrideFromKey(written, null, '');
    if (made.ok) return keyOf(made.value);
    for (const { message, hint } of made.problems) this.#tell(at, 'unknown-key', { message, hint });
    return undefined;
  }

  #once(
    at: Path,
    key: SweepKey,
    { own, part }: { readonly own: Map<string, Axis>; readonly part: string },
  ): boolean {
    const written = String(at.at(-1));
    const first = own.get(key.text);
    if (!first) own.set(key.text, { written, part });
    else {
      const as = first.written === written ? '' : ` as "${first.written}"`;
      const message = `the axis "${written}" is also given${as} in ${first.part}`;
      this.#tell(at, 'axis-repeated', { message });
    }
    return !first;
  }

  /**
   * If one key sets a part of the value of another, the later one would win, and no run name would show it.
   */
  #checkApart(at: Path, { path }: SweepKey): void {
    const written = String(at.at(-1));
    const id = JSON.stringify(path);
    if (this.#whole.has(id)) return;
    const around = path.map((_, depth) => JSON.stringify(path.slice(0, depth)));
    const other = around.map((id) => this.#whole.get(id)).find(Boolean) ?? this.#below.get(id);
    this.#whole.set(id, written);
    for (const above of around) this.#below.set(above, this.#below.get(above) ?? written);
    if (other === undefined) return;
    const message = `the axes "${written}" and "${other}" set the same value`;
    this.#tell(at, 'axis-overlap', { message, expected: `a key that does not overlap with "${other}"` });
  }

  #tell(
    at: Path,
    code: 'unknown-key' | 'axis-repeated' | 'axis-overlap',
    say: { readonly message: string; readonly hint?: string | undefined; readonly expected?: string },
  ): void {
    const { view, problems } = this.#context;
    problems.at(view, at, { code, ...say, found: String(at.at(-1)), part: 'key' });
  }
}
