const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Escapes text for XML and HTML, in content and in attributes. Characters that XML 1.0 forbids, escaped or
 * not, become U+FFFD. Terminal control characters and commands of build services become character references,
 * which have the same meaning: the document may be written to standard output.
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
