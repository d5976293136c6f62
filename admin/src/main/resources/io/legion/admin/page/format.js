// How numbers, times and names are written.

export const UNKNOWN = '–';

export function count(number) {
  return number === null || number === undefined ? UNKNOWN : Math.round(number).toLocaleString('en');
}

export function rate(perSecond) {
  if (perSecond === null || perSecond === undefined) {
    return UNKNOWN;
  }
  return perSecond > 0 && perSecond < 10 ? perSecond.toFixed(1) : count(perSecond);
}

export function bytes(number) {
  if (number === null || number === undefined) {
    return UNKNOWN;
  }
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (number >= 1024 && unit < units.length - 1) {
    number /= 1024;
    unit++;
  }
  return `${number < 10 && unit > 0 ? number.toFixed(1) : Math.round(number)} ${units[unit]}`;
}

export function millis(duration) {
  if (duration === null || duration === undefined) {
    return UNKNOWN;
  }
  const size = Math.abs(duration);
  if (size > 0 && size < 1) {
    return `${Math.round(duration * 1000)} µs`;
  }
  if (size < 1000) {
    return `${size < 10 ? Number(duration.toFixed(1)) : Math.round(duration)} ms`;
  }
  if (size < 120_000) {
    return `${size < 10_000 ? (duration / 1000).toFixed(1) : Math.round(duration / 1000)} s`;
  }
  if (size < 7_200_000) {
    return `${Math.round(duration / 60_000)} min`;
  }
  return size < 172_800_000 ? `${Math.round(duration / 3_600_000)} h` : `${Math.round(duration / 86_400_000)} days`;
}

/** The time of day here, of an instant as the server writes it. */
export function time(instant) {
  return instant ? new Date(instant).toLocaleTimeString('en-GB') : UNKNOWN;
}

export function dateAndTime(instant) {
  return instant ? `${new Date(instant).toLocaleDateString('sv')} ${time(instant)}` : UNKNOWN;
}

/** The first digits of a node's id, which tell the nodes of a cluster apart. */
export const short = node => node.length > 8 ? node.slice(0, 8) : node;

export const plural = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;
