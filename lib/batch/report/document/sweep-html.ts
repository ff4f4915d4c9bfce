import { escaped } from '../../../base/xml-text.js';
import { countText } from '../../../base/quantity.js';

/** Section of a report about a scenario with several runs. */
export interface SweepSection {
  readonly scenario: string;
  /** A drawing as SVG; null if no column varies. */
  readonly drawing: string | null;
  /** Varying axes, then results. */
  readonly columns: readonly string[];
  /** The first rows, as texts. */
  readonly rows: readonly (readonly string[])[];
  /** Number of runs. */
  readonly total: number;
}

/**
 * A sweep as the content of a section: a drawing, and the first rows of its table. The drawing is an image,
 * which isolates its styles and ids.
 */
export function sweepHtml({ scenario, drawing, columns, rows, total }: SweepSection): string {
  const image =
    drawing === null
      ? ''
      : `<p><img class="drawing" alt="${escaped(`Results of ${scenario} by what varies in it`)}" src="data:image/svg+xml;base64,${Buffer.from(drawing).toString('base64')}"></p>`;
  const head = columns.map((name) => `<th>${escaped(name)}</th>`).join('');
  const body = rows
    .map((cells) => `<tr>${cells.map((text) => `<td>${escaped(text)}</td>`).join('')}</tr>`)
    .join('');
  const table = `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
  const hidden = total - rows.length;
  const more = hidden > 0 ? `<p>and ${countText(hidden)} more: aether table ${escaped(scenario)}</p>` : '';
  return `${image}${table}${more}`;
}
