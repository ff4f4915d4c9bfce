/** First line of a drawing after its root element. */
export const DRAWING_MARK = '<!-- generator: aether plot -->';

/** Start of a drawing of an earlier version, which had no mark. */
const UNMARKED =
  /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ [\d.]+" width="\d+" height="[\d.]+" role="img" aria-labelledby="title about">\n<title id="title">[^\n]*<\/title><desc id="about">State, flux and sum over ticks\. /;

/** Start of a page with a drawing; the title follows. */
const PAGE =
  '<!doctype html>\n<html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">\n';

/** The drawing as an HTML page: the same in every browser, as wide as the window, without a script. */
export function drawingPage(svg: string): string {
  const [, title = ''] = /<title id="title">([^<]*)<\/title>/.exec(svg) ?? [];
  return `${PAGE}<title>${title}</title>
<style>body{margin:0;background:#fff}svg{display:block;margin:auto;max-width:100%;height:auto}@media(prefers-color-scheme:dark){body{background:#12161e}}</style>
${svg}</html>
`;
}

/** True if a file contains a drawing of `aether plot`, in a page or not. */
export function isOwnDrawing(content: string): boolean {
  const drawing = content.startsWith(PAGE) ? content.slice(Math.max(0, content.indexOf('<svg '))) : content;
  const [root, mark] = drawing.split('\n', 2);
  return (root!.startsWith('<svg ') && mark === DRAWING_MARK) || UNMARKED.test(content);
}

/** True if a file contains output of `aether plot --json`. */
export function isOwnPoints(content: string): boolean {
  return /^\{"run":"[^"\\]+","name":"(?:[^"\\]|\\.)*","ticks":\d+,"columns":\[/.test(content);
}
