// Asks the admin service. Every failure is one Failure, whose message is for people.
import {askForToken} from './token.js';

const PATIENCE = 10_000;
const PATIENCE_FOR_ACTS = 30_000; // an act may wait for one node after the other
const TOKEN = 'legion-token';
const UNAUTHORIZED = 401;
const NOT_IMPLEMENTED = 501;
const PROBLEM = 'application/problem+json';

/** The service refused (status) or did not answer (status 0). */
export class Failure extends Error {
  constructor(message, status, isOfService = false) {
    super(message);
    this.status = status;
    this.isOfService = isOfService; // false also of what a proxy says
  }

  /** Whether nothing was done: any other failure may come after an order was carried out, in whole or in part. */
  get isRefusal() {
    return (this.status >= 400 && this.status < 500) || this.status === NOT_IMPLEMENTED;
  }
}

export const read = path => ask(path, {}, PATIENCE);

/** Carries out an act, or says what it would do. */
export function act(path, body, dryRun) {
  return ask(dryRun ? `${path}?dryRun=true` : path, {
    method: 'POST',
    headers: {'Legion-Act': 'yes', 'Content-Type': 'application/json'},
    body: JSON.stringify(body ?? {}),
  }, PATIENCE_FOR_ACTS);
}

/** A path of segments that may hold any character, and a query without what is null: an empty tag or key is one too. */
export function path(segments, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  const asked = new URLSearchParams(given).toString();
  return segments.map(segment => `/${encodeURIComponent(segment)}`).join('') + (asked ? `?${asked}` : '');
}

async function ask(path, options, patience) {
  const used = sessionStorage.getItem(TOKEN);
  const response = await send(path, options, used, patience);
  if (response.status !== UNAUTHORIZED) {
    return body(response);
  }
  await replaceToken(used);
  return ask(path, options, patience);
}

// A token that was refused is forgotten at once; another request may have brought a new one meanwhile.
async function replaceToken(refused) {
  if (sessionStorage.getItem(TOKEN) === refused) {
    sessionStorage.removeItem(TOKEN);
  }
  if (sessionStorage.getItem(TOKEN) === null) {
    sessionStorage.setItem(TOKEN, await askForToken(refused !== null, isAccepted));
  }
}

async function isAccepted(token) {
  const {status} = await send('/types', {}, token, PATIENCE);
  return status !== UNAUTHORIZED;
}

async function send(path, options, token, patience) {
  const headers = {Accept: 'application/json', ...options.headers};
  if (token !== null) {
    headers.Authorization = `Bearer ${token}`;
  }
  try {
    return await fetch(path, {...options, headers, cache: 'no-store', signal: AbortSignal.timeout(patience)});
  } catch (failure) {
    const late = failure.name === 'TimeoutError';
    throw new Failure(late ? `no answer within ${patience / 1000} s` : 'nobody answers at this address', 0);
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
    throw new Failure(content.detail ?? content.title ?? `status ${response.status}`, response.status,
      (response.headers.get('Content-Type') ?? '').startsWith(PROBLEM));
  }
  return content;
}
