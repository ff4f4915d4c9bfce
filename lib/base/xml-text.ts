const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Text that is safe inside XML and HTML, in content and in attributes. What XML 1.0 forbids, escaped or not, becomes U+FFFD.
 * Characters that a terminal would act on, and what a build service would take for one of its commands, are written as
 * references, which mean the same: the document may go to standard output.
 */
export function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Cs}]/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => NAMED[character]!)
    .replace(/::|##\[/g, (found) => `${reference(found)}${found.slice(1)}`)
    .replace(/[\r\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, reference);
}

function reference(text: string): string {
  return `&#${String(text.codePointAt(0))};`;
}
