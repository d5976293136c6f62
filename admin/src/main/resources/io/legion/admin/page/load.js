// From counts since the nodes started to rates and latencies of the last second or so. Pure: it draws nothing and asks nobody.

export const CONSISTENCIES = ['FAST', 'DURABLE', 'FINAL'];
const COUNTS = ['reads', 'refused', 'timedOut'];

/** Takes one answer of /load after the other. */
export class Load {
  #before = new Map(); // what each node said last, and when
  #at = null;

  /** What changed since the answer before: null if that is the same answer, or if it is the first. */
  next({at, nodes}) {
    if (at === this.#at) {
      return null;
    }
    const first = this.#at === null;
    this.#at = at;
    const now = Date.parse(at);
    const shares = nodes.filter(node => node.known).map(node => this.#since(node, now)).filter(share => share !== null);
    return first ? null : {
      at: now / 1000,
      byNode: new Map(shares.map(share => [share.node, share.requests])),
      rates: shares.length === 0 ? {} : sum(shares.map(share => share.rates)),
      latency: Object.fromEntries(CONSISTENCIES.map(consistency =>
        [consistency, quantiles(shares.map(share => share.buckets[consistency]))])),
    };
  }

  #since(node, now) {
    const before = this.#before.get(node.node);
    this.#before.set(node.node, {node, now});
    if (!before || now <= before.now || hasRestarted(before.node, node)) {
      return null;
    }
    const perSecond = difference => difference * 1000 / (now - before.now);
    const rates = {};
    CONSISTENCIES.forEach(name => { rates[name] = perSecond(requests(node, name) - requests(before.node, name)); });
    COUNTS.forEach(name => { rates[name] = perSecond(node[name] - before.node[name]); });
    return {
      node: node.node,
      rates,
      requests: CONSISTENCIES.reduce((total, name) => total + rates[name], rates.reads),
      buckets: Object.fromEntries(CONSISTENCIES.map(name =>
        [name, difference(before.node.latency[name] ?? [], node.latency[name] ?? [])])),
    };
  }
}

const requests = (node, consistency) => node.requests[consistency] ?? 0;

// A count that went back began anew.
function hasRestarted(before, node) {
  return CONSISTENCIES.some(name => requests(node, name) < requests(before, name)) || node.reads < before.reads;
}

function sum(rates) {
  return Object.fromEntries([...CONSISTENCIES, ...COUNTS].map(name =>
    [name, rates.reduce((total, rate) => total + rate[name], 0)]));
}

// How many took as long as each bucket says, between the two answers.
function difference(before, after) {
  const old = new Map(alone(before));
  return alone(after).map(([upper, count]) => [upper, count - (old.get(upper) ?? 0)]).filter(([, count]) => count > 0);
}

// A bucket counts the shorter times too: leaves those out.
const alone = buckets => buckets.map(([upper, count], i) => [upper, i === 0 ? count : count - buckets[i - 1][1]]);

/** The p50 and p99 in milliseconds: the upper bounds of the buckets that hold them. Null where nothing was asked. */
function quantiles(histograms) {
  const merged = new Map();
  histograms.flat().forEach(([upper, count]) => merged.set(upper, (merged.get(upper) ?? 0) + count));
  const buckets = [...merged].sort(([one], [other]) => one - other);
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  return {p50: quantile(buckets, total, 0.5), p99: quantile(buckets, total, 0.99)};
}

function quantile(buckets, total, share) {
  let atMost = 0;
  for (const [upper, count] of buckets) {
    atMost += count;
    if (atMost >= share * total) {
      return upper / 1000;
    }
  }
  return null;
}
