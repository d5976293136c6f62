// Asks the admin service. Every failure is one Failure, whose message is for people.
import {askForToken} from './token.js';

const PATIENCE = 10_000;
const TOKEN = 'legion-token';

/** The service refused (status) or did not answer (status 0). */
export class Failure extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

export const read = path => ask(path, {});

/** Carries out an act, or says what it would do. */
export function act(path, body, dryRun) {
  return ask(dryRun ? `${path}?dryRun=true` : path, {
    method: 'POST',
    headers: {'Legion-Act': 'yes', 'Content-Type': 'application/json'},
    body: JSON.stringify(body ?? {}),
  });
}

/** A path of segments that may hold any character, and a query without what is empty. */
export function path(segments, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const asked = new URLSearchParams(given).toString();
  return segments.map(segment => `/${encodeURIComponent(segment)}`).join('') + (asked ? `?${asked}` : '');
}

async function ask(path, options) {
  const used = sessionStorage.getItem(TOKEN);
  const response = await send(path, options, used);
  if (response.status !== 401) {
    return body(response);
  }
  if (sessionStorage.getItem(TOKEN) === used) {
    sessionStorage.setItem(TOKEN, await askForToken(used !== null));
  }
  return ask(path, options);
}

async function send(path, options, token) {
  const headers = {Accept: 'application/json', ...options.headers};
  if (token !== null) {
    headers.Authorization = `Bearer ${token}`;
  }
  try {
    return await fetch(path, {...options, headers, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE)});
  } catch (failure) {
    const late = failure.name === 'TimeoutError';
    throw new Failure(late ? `no answer within ${PATIENCE / 1000} s` : 'nobody answers at this address', 0);
  }
}

async function body(response) {
  let content;
  try {
    content = await response.json();
  } catch {
    throw new Failure(`the answer to ${response.url} is not JSON (status ${response.status})`, response.status);
  }
  if (!response.ok) {
    throw new Failure(content.detail ?? content.title ?? `status ${response.status}`, response.status);
  }
  return content;
}
