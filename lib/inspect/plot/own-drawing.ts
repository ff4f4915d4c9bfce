/** First line of a drawing after its root element. */
export const DRAWING_MARK = '<!-- generator: aether plot -->';

/** A drawing of an earlier version, which had no mark. */
const UNMARKED =
  /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ [\d.]+" width="\d+" height="[\d.]+" role="img" aria-labelledby="title about">\n<title id="title">[^\n]*<\/title><desc id="about">State, flux and sum over ticks\. /;

/** True when a file holds what `aether plot` draws. */
export function isOwnDrawing(content: string): boolean {
  const [root, mark] = content.split('\n', 2);
  return (root!.startsWith('<svg ') && mark === DRAWING_MARK) || UNMARKED.test(content);
}

/** True when a file holds what `aether plot --json` prints. */
export function isOwnPoints(content: string): boolean {
  return /^\{"run":"[^"\\]+","name":"(?:[^"\\]|\\.)*","ticks":\d+,"columns":\[/.test(content);
}
