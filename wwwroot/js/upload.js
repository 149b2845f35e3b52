/** What fetch does, for a Blob or FormData, telling onSent the share of it that is sent. */
export function upload(path, { method, headers, body, signal, onSent }) {
  return new Promise((resolve, reject) => {
    const exchange = new XMLHttpRequest();
    exchange.open(method, path);
    exchange.responseType = 'blob';
    for (const [name, value] of Object.entries(headers)) {
      exchange.setRequestHeader(name, value);
    }
    exchange.upload.addEventListener('progress', event => onSent(event.loaded / event.total));
    exchange.addEventListener('load', () => resolve(answerOf(exchange)));
    exchange.addEventListener('error', () => reject(new TypeError('The service cannot be reached.')));
    exchange.addEventListener('abort', () => reject(new DOMException('Nobody waits for it any longer.', 'AbortError')));
    signal?.addEventListener('abort', () => exchange.abort());
    exchange.send(body);
  });
}

function answerOf(exchange) {
  const headers = exchange.getAllResponseHeaders().trim().split('\r\n').map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
  return new Response(exchange.status === 204 ? null : exchange.response, { status: exchange.status, headers });
}
