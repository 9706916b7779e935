
'use strict';
// Draws the plots from the figures in #charts; the tables beside them are in the page already.
(() => {
  const charts = JSON.parse(document.getElementById('charts').textContent);
  const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colour = index => style('--c' + index % 6);
  const dashes = [[], [7, 4], [2, 3], [9, 3, 2, 3]];

  // Each nine takes the same room; the maximum stands one nine behind the last percentile.
  const nines = (percentile, last) => percentile < 100 ? -Math.log10(1 - percentile / 100) : last + 1;

  const short = value => {
    if (Number.isInteger(value) && Math.abs(value) < 10000) {
      return String(value);
    }
    for (const [size, letter] of [[1e9, 'G'], [1e6, 'M'], [1e3, 'k']]) {
      if (Math.abs(value) >= size) {
        return +(value / size).toPrecision(3) + letter;
      }
    }
    return String(+value.toPrecision(3));
  };
  const time = value => {
    for (const [size, unit] of [[1e9, 's'], [1e6, 'ms'], [1e3, 'µs']]) {
      if (value >= size) {
        return +(value / size).toPrecision(3) + ' ' + unit;
      }
    }
    return +value.toPrecision(3) + ' ns';
  };

  // From the lowest to the highest sample behind a point.
  const whiskers = chart => u => {
    const context = u.ctx;
    context.save();
    context.lineWidth = devicePixelRatio;
    chart.lines.forEach((line, index) => {
      if (!u.series[index + 1].show) {
        return;
      }
      context.strokeStyle = colour(line.colour);
      context.globalAlpha = 0.6;
      line.low.forEach((low, place) => {
        const high = line.high[place];
        if (low === null || low === high || chart.y.scale === 'logarithmic' && low <= 0) {
          return;
        }
        const x = u.valToPos(u.data[0][place], 'x', true);
        const y0 = u.valToPos(low, 'y', true);
        const y1 = u.valToPos(high, 'y', true);
        const cap = 4 * devicePixelRatio;
        context.beginPath();
        context.moveTo(x, y0);
        context.lineTo(x, y1);
        for (const y of [y0, y1]) {
          context.moveTo(x - cap, y);
          context.lineTo(x + cap, y);
        }
        context.stroke();
      });
    });
    context.restore();
  };

  const options = (chart, places, width) => {
    const percentiles = chart.x.scale === 'percentile';
    const format = chart.y.label.startsWith('ns') ? time : short;
    const name = (u, x) => {
      const index = places.indexOf(x);
      return index >= 0 && chart.places[index] === 100 ? 'max' : short(chart.places[index]);
    };
    const axis = {
      stroke: () => style('--soft'),
      grid: {stroke: () => style('--grid'), width: 1},
      ticks: {stroke: () => style('--line'), width: 1},
      font: '12px system-ui, sans-serif',
      labelFont: '12px system-ui, sans-serif',
      labelGap: 4,
    };
    const margin = (low, high) => {
      const gap = (high - low || 1) * 0.04;
      return [low - gap, high + gap];
    };
    const highest = Math.max(...chart.lines.flatMap(line => line.high.filter(v => v !== null)));
    const lowest = Math.min(...chart.lines.flatMap(line => line.low.filter(v => v !== null && v > 0)));
    const vertical = chart.y.scale === 'logarithmic'
      ? {distr: 3, range: () => [10 ** Math.floor(Math.log10(lowest)), 10 ** Math.ceil(Math.log10(highest * 1.05))]}
      : {range: () => [0, highest > 0 ? highest * 1.08 : 1]};
    const horizontal = chart.x.scale === 'logarithmic'
      ? {time: false, distr: 3, log: 10, range: () => [places[0] / 1.3, places[places.length - 1] * 1.3]}
      : {time: false, range: (u, low, high) => percentiles ? margin(low, high) : [0, high * 1.04]};
    const xAxis = {...axis, label: chart.x.label};
    if (percentiles) {
      const wide = places.filter((x, i) => i === 0 || x - places[i - 1] > 0.25 || chart.places[i] === 100);
      xAxis.splits = () => wide;
      xAxis.values = (u, splits) => splits.map(x => name(u, x));
    } else if (chart.x.scale === 'logarithmic') {
      xAxis.splits = () => places;
      xAxis.filter = (u, splits) => splits; // uPlot's own leaves out what is no power of ten
      xAxis.values = (u, splits) => splits.map(short);
    } else {
      xAxis.values = (u, splits) => splits.map(short);
    }
    const yAxis = {...axis, label: chart.y.label === 'ns' ? 'time' : chart.y.label, size: 74, values: (u, splits) => splits.map(
      v => v === null || chart.y.scale === 'logarithmic' && Math.abs(Math.log10(v) % 1) > 1e-6 ? '' : format(v))};
    return {
      width, height: 340,
      scales: {x: horizontal, y: vertical},
      axes: [xAxis, yAxis],
      cursor: {drag: {x: false, y: false}},
      legend: {live: true},
      series: [
        {label: chart.x.label, value: (u, v) => v === null ? '–' : percentiles ? name(u, v) : short(v)},
        ...chart.lines.map(line => ({
          label: line.label,
          stroke: () => colour(line.colour),
          width: 2,
          dash: dashes[line.dash % dashes.length],
          spanGaps: true,
          points: {show: true, size: 6, fill: () => colour(line.colour)},
          value: (u, v) => v === null ? '–' : format(v),
        })),
      ],
      hooks: {draw: [whiskers(chart)]},
    };
  };

  const plots = charts.map((chart, index) => {
    const element = document.getElementById('chart' + index);
    const below = chart.places.filter(p => p < 100);
    const last = below.length ? nines(below[below.length - 1]) : 0;
    const places = chart.x.scale === 'percentile' ? chart.places.map(p => nines(p, last)) : chart.places;
    const positive = v => v !== null && (v > 0 || chart.y.scale !== 'logarithmic') ? v : null;
    const data = [places, ...chart.lines.map(line => line.values.map(positive))];
    const plot = new uPlot(options(chart, places, element.clientWidth), data, element);
    new ResizeObserver(() => {
      if (element.clientWidth !== plot.width) {
        plot.setSize({width: element.clientWidth, height: 340});
      }
    }).observe(element);
    return plot;
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plots.forEach(plot => plot.redraw()));
})();
