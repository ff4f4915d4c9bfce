import { REFUSALS } from '../refusal.js';
import { STATUSES } from './problems.js';
import type { Operation } from './operation.js';
import type { Schema } from '../../base/schema.js';

/** The OpenAPI document as a readable page without scripts. */
export function docsPage(operations: readonly Operation[], version: string): string {
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  const toc = tags.map((tag) => `<li><a href="#tag-${slug(tag)}">${escape(tag)}</a></li>`).join('');
  const sections = tags
    .map((tag) =>
      section(
        tag,
        operations.filter((operation) => operation.tag === tag),
      ),
    )
    .join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Aether operator service</title>
<link rel="stylesheet" href="/docs.css">
</head>
<body>
<header><h1>Aether operator service</h1>
<p>Version ${escape(version)}. As data: <a href="/openapi.json">openapi.json</a>. Every path is also available below <code>/api/v1</code>.</p>
<p>Changes are sent as <code>application/json</code>. Refusals are <code>application/problem+json</code> with a stable <code>code</code>.
Lists are paged: follow the <code>Link</code> header.</p></header>
<nav aria-label="Contents"><ul>${toc}<li><a href="#problems">problems</a></li></ul></nav>
<main>${sections}${problemTable()}</main>
</body>
</html>
`;
}

function section(tag: string, operations: readonly Operation[]): string {
  return `<section id="tag-${slug(tag)}"><h2>${escape(tag)}</h2>${operations.map(article).join('')}</section>`;
}

function article(operation: Operation): string {
  const { id, method, path, summary, description, params, query, body, success, problems } = operation;
  const editable =
    operation.editable === true ? '<p>Needs <code>If-Match</code> with the ETag that was read.</p>' : '';
  return `<article id="${escape(id)}"><h3><code>${method.toUpperCase()} ${escape(path)}</code></h3>
<p>${escape(summary)}.${description === undefined ? '' : ` ${escape(description)}`}</p>${editable}
${table('Path', params)}${table('Query', query)}${body === undefined ? '' : table('Body', fieldsOf(body.schema))}
<p>${String(success.status)}: ${escape(success.description)} ${schemaName(success.schema)}${problems.length === 0 ? '' : `<br>May be refused as ${problems.map((code) => `<a href="#problem-${code}">${code}</a>`).join(', ')}.`}</p></article>
`;
}

function table(caption: string, fields: Readonly<Record<string, Schema>>): string {
  const rows = Object.entries(fields).map(
    ([name, schema]) =>
      `<tr><td><code>${escape(name)}</code></td><td>${escape(typeOf(schema))}</td><td>${escape(String(schema['description'] ?? ''))}</td></tr>`,
  );
  return rows.length === 0
    ? ''
    : `<table><caption>${caption}</caption><tbody>${rows.join('')}</tbody></table>`;
}

function fieldsOf(schema: Schema): Readonly<Record<string, Schema>> {
  return (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
}

function typeOf(schema: Schema): string {
  const { enum: values, type, $ref } = schema;
  if (Array.isArray(values)) return values.map(String).join(' | ');
  return String(type ?? $ref ?? 'any').replace('#/components/schemas/', '');
}

function schemaName(schema: Schema | undefined): string {
  const name = (schema?.$ref ?? schema?.items?.$ref ?? '').replace('#/components/schemas/', '');
  if (name === '') return '';
  return `<code>${escape(name)}${schema?.type === 'array' ? '[]' : ''}</code>`;
}

function problemTable(): string {
  const rows = Object.entries(STATUSES).map(
    ([code, status]) =>
      `<tr id="problem-${code}"><td><code>${code}</code></td><td>${String(status)}</td><td>${escape(REFUSALS[code as keyof typeof REFUSALS])}</td></tr>`,
  );
  return `<section id="problems"><h2>problems</h2><table><tbody>${rows.join('')}</tbody></table></section>`;
}

function slug(text: string): string {
  return text.replace(/[^a-z0-9]+/gi, '-');
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${String(c.charCodeAt(0))};`);
}

/** The style of the page; readable in light and dark. */
export const DOCS_STYLE = `:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
code { font-family: ui-monospace, monospace; font-size: 0.9em; overflow-wrap: anywhere; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; list-style: none; padding: 0; }
article { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: 0.5rem 0; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0; }
caption { text-align: left; font-weight: 600; }
td { border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); padding: 0.2rem 0.5rem 0.2rem 0; vertical-align: top; }
`;
