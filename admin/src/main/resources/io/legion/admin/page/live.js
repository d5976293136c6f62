// Asks for one thing again and again: each second while the page is seen, rarely while it is hidden, one request at a time.

const SEEN = 1_000;
const HIDDEN = 10_000;

/**
 * Follows what `ask` gives until the returned function is called. `onValue` gets each value, `onFailure` each failure, and
 * `onAsked`, if there is one, hears of each request.
 */
export function follow(ask, {onValue, onFailure, onAsked = () => {}}) {
  let stopped = false;
  let timer = null; // null while a request is under way

  async function once() {
    clearTimeout(timer);
    timer = null;
    onAsked();
    const answered = await ask().then(value => () => onValue(value), failure => () => onFailure(failure));
    if (!stopped) {
      timer = setTimeout(once, document.hidden ? HIDDEN : SEEN);
      answered();
    }
  }

  function seenAgain() {
    if (!document.hidden && timer !== null) {
      once();
    }
  }

  document.addEventListener('visibilitychange', seenAgain);
  once();
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', seenAgain);
  };
}
