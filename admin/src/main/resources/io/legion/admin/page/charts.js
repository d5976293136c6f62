// The live charts of the last five minutes. Each has a legend with the numbers under the pointer, or else the latest ones.
import {byId, h, render} from './dom.js';
import {UNKNOWN, time} from './format.js';

const SECONDS = 300;
const LEAST = 30; // what the axis shows before there is as much

/** A chart in the element with this id. A series is {name, title, colour (a variable of style.css), dashed}. */
export class Chart {
  #series;
  #format;
  #plot;
  #legend;
  #data;

  constructor(id, {series, format, logarithmic = false}) {
    this.#series = series;
    this.#format = format;
    this.#data = [[], ...series.map(() => [])];
    const box = byId(id);
    const canvas = h('div', {class: 'plot', role: 'img'});
    this.#legend = h('p', {class: 'chart-legend'});
    box.append(this.#legend, canvas);
    this.#plot = new uPlot(this.#options(canvas, logarithmic), this.#data, canvas);
    new ResizeObserver(() => this.#plot.setSize(size(canvas))).observe(canvas);
    this.#showNumbers();
  }

  /** Adds a point of each series, unless it is of the same moment as the last one; null leaves a gap. */
  add(at, values) {
    if (at === this.#data[0].at(-1)) {
      return;
    }
    this.#data[0].push(at);
    values.forEach((value, i) => this.#data[i + 1].push(value ?? null));
    while (this.#data[0][0] < at - SECONDS) {
      this.#data.forEach(column => column.shift());
    }
    this.#plot.setData(this.#data);
    this.#showNumbers();
  }

  /** Draws again: the colours have changed. */
  recolour() {
    this.#plot.redraw(false, true);
  }

  #showNumbers() {
    const pointed = this.#plot.cursor?.idx;
    const shown = pointed ?? this.#data[0].length - 1;
    const values = this.#series.map((_, i) => this.#data[i + 1][shown] ?? null);
    render(this.#legend, this.#series.map(({name, title, colour, dashed}, i) =>
      h('span', {class: 'number', title}, h('i', {class: dashed ? 'key dashed' : 'key', 'data-colour': colour}), `${name} `,
        h('b', {}, values[i] === null ? UNKNOWN : this.#format(values[i])))));
    this.#plot.root.parentNode.setAttribute('aria-label',
      this.#series.map(({name}, i) => `${name}: ${values[i] === null ? 'none' : this.#format(values[i])}`).join(', '));
  }

  // From when to when.
  #shown() {
    const last = this.#data[0].at(-1) ?? Date.now() / 1000;
    return [Math.min(this.#data[0][0] ?? last, last - LEAST), last];
  }

  #options(canvas, logarithmic) {
    const axis = {stroke: () => variable('--faint'), grid: {stroke: () => variable('--line'), width: 1}, ticks: {show: false},
      font: '11px system-ui, sans-serif'};
    return {
      ...size(canvas),
      legend: {show: false},
      cursor: {y: false, drag: {x: false, y: false}, points: {size: 5}},
      hooks: {setCursor: [() => this.#showNumbers()]},
      scales: {
        x: {range: () => this.#shown()},
        y: logarithmic
          ? {distr: 3, range: (_plot, low, high) => decades(low, high)}
          : {range: (_plot, _low, high) => [0, roof(high)]},
      },
      axes: [
        {...axis, size: 24, space: 70, values: (_plot, marks) => marks.map(mark => clock(mark, marks[1] - marks[0] < 60))},
        {...axis, size: 52, space: 20, ...(logarithmic ? {splits: powers} : {}),
          values: (_plot, marks) => marks.map(mark => mark === null ? '' : this.#format(mark))},
      ],
      series: [{}, ...this.#series.map(({colour, dashed}) => ({
        stroke: () => variable(colour), width: 1.5, dash: dashed ? [4, 3] : undefined, points: {size: 3},
      }))],
    };
  }
}

const size = canvas => ({width: Math.max(canvas.clientWidth, 120), height: canvas.clientHeight || 120});
const variable = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const clock = (seconds, exactly) => time(seconds * 1000).slice(0, exactly ? 8 : 5);
const roof = high => high === null || high < 5 ? 5 : high * 1.1;

function decades(low, high) {
  if (low === null || high === null) {
    return [0.1, 10];
  }
  const from = 10 ** Math.floor(Math.log10(low));
  return [from, Math.max(from * 10, 10 ** Math.ceil(Math.log10(high)))];
}

function powers({scales: {y: {min, max}}}) {
  return Array.from({length: 1 + Math.round(Math.log10(max / min))}, (_, i) => min * 10 ** i);
}
