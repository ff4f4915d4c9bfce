import type { BatchReport } from '../batch-report.js';
import { tapLabel } from './tap-report.js';

/** Documents of a batch with their own file. */
export type ReportKind = 'report' | 'events' | 'junit' | 'tap' | 'github' | 'markdown' | 'html';

/** Generator mark of every document, so that only such files are ever replaced. */
const GENERATOR = 'aether-batch';
const COMMENT = `<!-- generator: ${GENERATOR} -->\n`;

const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const HTML_HEAD = '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">';
const TAP_HEAD = 'TAP version 14\n';

/** The place of the mark: after the required start of a document of its kind. */
const PLACES = {
  junit: { head: XML_HEAD, mark: COMMENT },
  tap: { head: TAP_HEAD, mark: `# generator: ${GENERATOR}\n` },
  github: { head: '', mark: COMMENT },
  markdown: { head: '', mark: COMMENT },
  html: { head: HTML_HEAD, mark: `<meta name="generator" content="${GENERATOR}">` },
} as const;

/** Inserts the mark into a rendered document. */
export function marked(kind: keyof typeof PLACES, document: string): string {
  const { head, mark } = PLACES[kind];
  if (!document.startsWith(head)) throw new Error(`a ${kind} document must begin with ${head}`);
  return `${head}${mark}${document.slice(head.length)}`;
}

/** Start of documents before they were marked; precise enough that no other program writes the same. */
const UNMARKED: Readonly<Record<ReportKind, RegExp>> = {
  report: /^\{"v":1,"kind":"BatchResult",/,
  events: /^\{"v":1,"time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","type":"batch_start","batch":"/,
  junit: /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="aether-batch" time="/,
  github: /^## aether-batch: (?:passed|failed|incomplete)[^]*\nPlan `[0-9a-f]{12}`, batch `[^`\n]+`\.\n$/,
  // Never written without the mark.
  markdown: /^(?!)/,
  html: /^<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">\n<title>aether-batch /,
  tap: /^TAP version 14\n1\.\.\d+\n/,
};

/**
 * True if a file contains a document of a batch, with the mark or in the form of earlier versions. TAP of
 * earlier versions has no distinctive form; it is recognised if it lists the runs of the report beside it.
 *
 * @param beside reads the report in the same directory
 */
export function isOwnReport(
  kind: ReportKind,
  content: string,
  beside: () => Pick<BatchReport, 'runs'> | undefined,
): boolean {
  if (kind !== 'report' && kind !== 'events') {
    const { head, mark } = PLACES[kind];
    if (content.startsWith(`${head}${mark}`)) return true;
  }
  if (!UNMARKED[kind].test(content)) return false;
  return kind !== 'tap' || tellsRuns(content, beside()?.runs);
}

function tellsRuns(tap: string, runs: BatchReport['runs'] | undefined): boolean {
  if (runs === undefined || runs.length === 0) return false;
  const points = [...tap.matchAll(/^(?:not )?ok \d+ - (.*)$/gm)].map(([, label]) => label!);
  return runs.every(({ name }, n) => points[n]?.startsWith(tapLabel(name)) === true);
}
