/**
 * Upper bound of the number of keys and values of a YAML text, computed from its separators in one pass.
 * Separators in texts and comments count as well: the parser allocates memory before it can distinguish them.
 */
export function surveyYaml(text: string): number {
  let count = 1;
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === 44) count++;
    else if (c === 91 || c === 123) count += 2;
    else if ((c === 58 || c === 45 || c === 63) && isBreak(text, at + 1)) count += c === 45 ? 1 : 2;
    else if (c === 58 && isFlowEnd(text.charCodeAt(at + 1))) count += 2;
    // In flow style a quoted key needs no space after its colon.
    else if (c === 58 && (text.charCodeAt(at - 1) === 34 || text.charCodeAt(at - 1) === 39)) count += 2;
  }
  return count;
}

function isBreak(text: string, at: number): boolean {
  return at >= text.length || text.charCodeAt(at) <= 0x20;
}

function isFlowEnd(c: number): boolean {
  return c === 44 || c === 91 || c === 93 || c === 123 || c === 125;
}
