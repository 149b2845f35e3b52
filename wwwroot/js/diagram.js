const drawn = new Map();

/**
 * Shows a network's architecture in an image. The service's picture follows the system's theme and has a heading of its
 * own; here it follows the page's theme, and the page has the heading.
 */
export async function showDiagram(image, network) {
  image.dataset.network = network;
  const scheme = document.documentElement.dataset.scheme;
  const key = `${network} ${scheme}`;
  if (!drawn.has(key)) {
    const response = await fetch(`networks/${encodeURIComponent(network)}/diagram`).catch(() => null);
    if (response?.ok) {
      drawn.set(key, URL.createObjectURL(new Blob([dress(await response.text(), scheme)], { type: 'image/svg+xml' })));
    }
  }
  if (image.dataset.network === network && drawn.has(key)) {
    image.src = drawn.get(key);
    // Whoever waits for this knows how large it is.
    await image.decode().catch(() => undefined);
  }
}

document.addEventListener('schemechange', () => {
  for (const image of document.querySelectorAll('img[data-network]')) {
    showDiagram(image, image.dataset.network);
  }
});

function dress(svg, scheme) {
  const heading = /\s*<text [^>]*y="(\d+)"[^>]*text-anchor="start"[^>]*>[^<]*<\/text>/g;
  const top = Math.max(0, ...[...svg.matchAll(heading)].map(([, y]) => Number(y)));
  return svg
    .replaceAll(heading, '')
    .replace(/viewBox="0 0 (\S+) (\S+)" width="\S+" height="\S+"/, (_, width, height) =>
      `viewBox="0 ${top} ${width} ${height - top}" width="${width}" height="${height - top}"`)
    .replace(/\s*<rect class="nd-paper"[^>]*>/, '')
    .replace('(prefers-color-scheme: dark)', scheme === 'dark' ? 'all' : 'not all');
}
