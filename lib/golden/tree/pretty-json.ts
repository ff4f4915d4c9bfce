import { canonicalJson, type Json } from '../../base/canonical-json.js';

/**
 * Values that fit on a line stay on one line, so that a change of an edge or a state vector is one changed
 * line.
 */
const LINE = 96;

/**
 * JSON for reviewers: canonical key order, short values on one line, long values over several lines. Ends
 * with a newline.
 */
export function prettyJson(value: Json): string {
  return `${pretty(value, '')}\n`;
}

function pretty(value: Json, indent: string): string {
  const flat = spaced(value);
  if (indent.length + flat.length <= LINE || typeof value !== 'object' || value === null) return flat;
  const inner = `${indent}  `;
  if (isList(value)) {
    if (value.every((item) => typeof item === 'number')) return `[\n${wrapped(value, inner)}\n${indent}]`;
    return `[\n${value.map((item) => inner + pretty(item, inner)).join(',\n')}\n${indent}]`;
  }
  const members = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const member = value[key];
      return member === undefined ? [] : [`${inner}${JSON.stringify(key)}: ${pretty(member, inner)}`];
    });
  return `{\n${members.join(',\n')}\n${indent}}`;
}

/** Canonical JSON with a space after colons and commas. */
function spaced(value: Json): string {
  if (typeof value !== 'object' || value === null) return canonicalJson(value);
  if (isList(value)) return `[${value.map(spaced).join(', ')}]`;
  const members = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const member = value[key];
      return member === undefined ? [] : [`${JSON.stringify(key)}: ${spaced(member)}`];
    });
  return `{${members.join(', ')}}`;
}

/** Numbers, as many per line as fit. */
function wrapped(values: readonly Json[], indent: string): string {
  const lines: string[] = [];
  let line = indent;
  values.forEach((value, n) => {
    const text = `${String(value)}${n < values.length - 1 ? ',' : ''}`;
    const joined = line === indent ? line + text : `${line} ${text}`;
    if (joined.length > LINE && line !== indent) {
      lines.push(line);
      line = indent + text;
    } else line = joined;
  });
  return [...lines, line].join('\n');
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
