import { inLine } from '../../../base/printable.js';
import { type BatchReport } from '../batch-report.js';
import { complaints } from '../complaints.js';
import { plural } from '../../../base/quantity.js';
import { isWhole } from './github-step-summary.js';

/** GitHub shows at most ten annotations of a kind per step. */
const ANNOTATIONS = 10;

/** Workflow commands that annotate the job; the last one counts the omitted ones. */
export function githubAnnotations(report: BatchReport): string {
  const wrong = [...complaints(report)];
  const room = wrong.length > ANNOTATIONS ? ANNOTATIONS - 1 : ANNOTATIONS;
  const lines = wrong.slice(0, room).map(([name, found]) => {
    const text = found
      .flatMap(({ code, message, details }) => [`${code}: ${message}`, ...details])
      .join('\n');
    return `::error title=${property(`${name}: ${found[0]!.code}`)}::${data(text)}`;
  });
  const hidden = wrong.length - room;
  if (hidden > 0) {
    const where = isWhole(report) ? 'lists them all' : 'counts them, report.json has them all';
    const text = `and ${plural(hidden, 'more failure')}; the step summary ${where}`;
    lines.push(`::error title=aether-batch::${data(text)}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** Line ends are escaped in the form of GitHub, terminal control characters as in all output. */
function data(text: string): string {
  const visible = text
    .split(/(\r?\n|\r)/)
    .map((part, n) => (n % 2 === 0 ? inLine(part) : part))
    .join('');
  return visible.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
