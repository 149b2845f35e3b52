const keyName = 'apiKey';

/** What the service, or the way to it, answered instead of a result. */
export class ApiProblem extends Error {
  /**
   * @param {number} status HTTP's; 0 if the service cannot be reached.
   * @param {string} detail The service's own sentence, if it had one.
   * @param {number} retryAfter Seconds to wait, 0 if it did not say.
   */
  constructor(status, detail, retryAfter = 0) {
    super(detail || `HTTP ${status}`);
    this.status = status;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }
}

/**
 * Asks the service. A body of a Blob or FormData is sent as it is, anything else as JSON. Where the service wants an API
 * key it is asked for, kept until the tab is closed, and the request is made again. `onSent` is told the share of the body
 * that is sent, 0 to 1.
 * @returns The JSON of the answer, or null if it has none.
 * @throws {ApiProblem} The service refused, or cannot be reached.
 */
export async function request(path, options = {}) {
  const response = await ask(path, options);
  return response.headers.get('Content-Type')?.includes('json') ? reach(() => response.json()) : null;
}

/** Asks the service for a file, as request asks for all else. @returns Its Blob. */
export async function download(path) {
  const response = await ask(path, {});
  return reach(() => response.blob());
}

async function ask(path, { method = 'GET', body, signal, onSent }) {
  for (;;) {
    const response = await reach(() => send(path, method, body, signal, onSent));
    if (response.ok) {
      return response;
    }
    const problem = await problemOf(response);
    if (response.status !== 401 || !await askForKey(problem)) {
      throw problem;
    }
  }
}

// Being aborted is the caller's own doing; whatever else fails on the way is the service's absence.
async function reach(step) {
  try {
    return await step();
  } catch (error) {
    throw error.name === 'AbortError' ? error : new ApiProblem(0, '');
  }
}

async function send(path, method, body, signal, onSent) {
  const headers = {};
  const key = sessionStorage.getItem(keyName);
  if (key !== null) {
    headers['X-Api-Key'] = key;
  }
  const raw = body === undefined || body instanceof Blob || body instanceof FormData;
  if (!raw) {
    headers['Content-Type'] = 'application/json';
  }
  if (onSent) {
    const { upload } = await import('./upload.js');
    return upload(path, { method, headers, body, signal, onSent });
  }
  return fetch(path, { method, headers, body: raw ? body : JSON.stringify(body), signal });
}

async function problemOf(response) {
  const content = await response.json().catch(() => ({}));
  return new ApiProblem(response.status, content.detail ?? content.title ?? '', Number(response.headers.get('Retry-After')) || 0);
}

async function askForKey(problem) {
  const refused = sessionStorage.getItem(keyName) !== null;
  const { apiKeyDialog } = await import('./apikey.js');
  const key = await apiKeyDialog(refused ? problem.detail : '');
  if (key) {
    sessionStorage.setItem(keyName, key);
  }
  return Boolean(key);
}
