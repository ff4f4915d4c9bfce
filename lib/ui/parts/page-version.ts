/** Entry scripts of a page; their names contain a digest of their content. */
function entryScripts(page: ParentNode): readonly string[] {
  return [...page.querySelectorAll('script[type="module"][src]')].map(
    (script) => new URL(script.getAttribute('src')!, document.baseURI).pathname,
  );
}

/** True if the service serves another version of this page. */
export async function isOutdated(): Promise<boolean> {
  try {
    const response = await fetch(document.baseURI.replace(/#.*$/, ''), { cache: 'no-store' });
    if (!response.ok) return false;
    const present = new DOMParser().parseFromString(await response.text(), 'text/html');
    const served = entryScripts(present);
    return served.length > 0 && entryScripts(document).join() !== served.join();
  } catch {
    // The service does not answer: the version is unknown.
    return false;
  }
}
