/** Scripts a page begins with; their names carry a digest of what they are made of. */
function entryScripts(page: ParentNode): readonly string[] {
  return [...page.querySelectorAll('script[type="module"][src]')].map(
    (script) => new URL(script.getAttribute('src')!, document.baseURI).pathname,
  );
}

/** True when the service hands out another page than this one: it was replaced by another version meanwhile. */
export async function isOutdated(): Promise<boolean> {
  try {
    const response = await fetch(document.baseURI.replace(/#.*$/, ''), { cache: 'no-store' });
    if (!response.ok) return false;
    const present = new DOMParser().parseFromString(await response.text(), 'text/html');
    const served = entryScripts(present);
    return served.length > 0 && entryScripts(document).join() !== served.join();
  } catch {
    // Nobody answers: nothing is known of the version.
    return false;
  }
}
