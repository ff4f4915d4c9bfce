import { expectedText } from './expected-text.js';
import { PROBLEM_CODES } from './problem-codes.js';
import { DOCUMENT_SCHEMAS } from './schemas/index.js';
import type { SchemaNode } from '../base/schema.js';

interface Section {
  readonly heading: string;
  readonly node: SchemaNode;
}

/** A page per document for docs/contracts, generated from the schemas: the keys of every map as a table. */
export function contractPages(): ReadonlyMap<string, string> {
  const pages = new Map<string, string>();
  for (const schema of Object.values(DOCUMENT_SCHEMAS)) {
    const id = (schema.$id ?? '').replace('.schema.json', '');
    pages.set(`${id}.md`, pageOf(schema, id));
  }
  pages.set('problems.md', problemsPage());
  return pages;
}

function pageOf(schema: SchemaNode, id: string): string {
  const lines = [
    `# ${schema.title ?? id}`,
    '',
    schema.description ?? '',
    '',
    `Generated from the schema of the loader, [${id}.schema.json](../schemas/${id}.schema.json). A commented example is in`,
    `[docs/examples](../examples). Keys that start with \`x-\` are allowed everywhere; other unknown keys are refused. If`,
    '"or null" is given, null means the same as leaving the key out.',
  ];
  for (const section of sectionsOf({ heading: 'The document', node: schema }))
    lines.push('', ...tableOf(section));
  return `${lines.join('\n')}\n`;
}

function problemsPage(): string {
  const rows = Object.entries(PROBLEM_CODES).map(([code, meaning]) => [`\`${code}\``, cell(meaning)]);
  const lines = [
    '# Problems of documents',
    '',
    'A problem gives its place (file, line, column, JSON pointer), the value found and the value expected. All',
    'problems of all documents are reported together, before any run starts. The codes are stable.',
    '',
    ...alignedTable([['code', 'meaning'], ...rows]),
  ];
  return `${lines.join('\n')}\n`;
}

/** The map itself, then every nested map, outermost first. A shape that is used twice is described once. */
function sectionsOf(first: Section): Section[] {
  const found: Section[] = [];
  const seen = new Set<string>();
  const open = [first];
  for (let next = open.shift(); next; next = open.shift()) {
    const shape = JSON.stringify(next.node.properties ?? {});
    if (seen.has(shape)) continue;
    seen.add(shape);
    if (next.node.properties && Object.keys(next.node.properties).length > 0) found.push(next);
    open.push(...below(next));
  }
  return found;
}

function below({ heading, node }: Section): Section[] {
  const prefix = heading === 'The document' ? '' : `${heading.replaceAll('`', '')}.`;
  const sections: Section[] = [];
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    const path = `${prefix}${key}`;
    sections.push({ heading: `\`${path}\``, node: child });
    if (child.items) sections.push({ heading: `\`${path}[]\``, node: child.items });
    if (typeof child.additionalProperties === 'object')
      sections.push({ heading: `\`${path}.<name>\``, node: child.additionalProperties });
  }
  return sections;
}

const HEADINGS = ['key', 'value', 'required', 'default', 'meaning'];

function tableOf({ heading, node }: Section): string[] {
  const required = new Set(node.required ?? []);
  const rows = Object.entries(node.properties ?? {}).map(([key, child]) => {
    const must = required.has(key) ? 'yes' : '';
    return [`\`${key}\``, typeOf(child), must, fallbackOf(child), child.description ?? ''].map(cell);
  });
  const intro = heading === 'The document' ? [] : [node.description ?? '', ''];
  return [`## ${heading}`, '', ...intro, ...alignedTable([HEADINGS, ...rows])];
}

/** A table in the layout of prettier, so that formatting the repository changes nothing. */
function alignedTable([head, ...rows]: readonly (readonly string[])[]): string[] {
  const widths = head!.map((_, column) => Math.max(3, ...[head!, ...rows].map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((text, column) => text.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(head!), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}

function typeOf(node: SchemaNode): string {
  const text = expectedText(node) || 'anything';
  const types = typeof node.type === 'string' ? [node.type] : (node.type ?? []);
  return types.includes('null') ? `${text}, or null` : text;
}

function fallbackOf(node: SchemaNode): string {
  return node.default === undefined ? '' : `\`${JSON.stringify(node.default)}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
