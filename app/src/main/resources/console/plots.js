// Plots of what was measured: the values, the thresholds, and what is expected with its band.
(() => {
  'use strict';
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  function draw(figure, data) {
    const box = figure.querySelector('div');
    box.replaceChildren();
    const level = v => data.t.map(() => v);
    const axis = {stroke: css('--quiet'), grid: {stroke: css('--line')}, ticks: {stroke: css('--line')}};
    const series = [{}, {label: 'measured', stroke: css('--live'), width: 1.5, spanGaps: true,
      points: {show: data.t.length < 60}}];
    const values = [data.t, data.v];
    const add = (v, s) => { values.push(v); series.push(s); };
    add(data.high, {label: 'high', stroke: 'transparent', points: {show: false}});
    add(data.low, {label: 'low', stroke: 'transparent', points: {show: false}});
    add(data.middle, {label: 'expected', stroke: css('--live'), dash: [4, 4], points: {show: false}});
    if (data.degraded != null) add(level(data.degraded), {label: 'degraded', stroke: css('--warn'), dash: [6, 4], points: {show: false}});
    if (data.critical != null) add(level(data.critical), {label: 'critical', stroke: css('--bad'), dash: [6, 4], points: {show: false}});
    const marks = (figure.dataset.marks || '').split('|').filter(m => m)
      .map(m => ({at: Date.parse(m.slice(0, m.indexOf(' '))) / 1000, says: m.slice(m.indexOf(' ') + 1)}));
    new uPlot({
      width: box.clientWidth || 420, height: 170, series, axes: [axis, {...axis, size: 56}],
      legend: {show: false}, cursor: {y: false},
      bands: [{series: [2, 3], fill: css('--band')}],
      hooks: {draw: [u => {
        for (const m of marks) {
          if (m.at < u.scales.x.min || m.at > u.scales.x.max) continue;
          const x = u.valToPos(m.at, 'x', true);
          u.ctx.strokeStyle = css('--text');
          u.ctx.beginPath();
          u.ctx.moveTo(x, u.bbox.top);
          u.ctx.lineTo(x, u.bbox.top + u.bbox.height);
          u.ctx.stroke();
          u.ctx.fillStyle = css('--text');
          u.ctx.fillText(m.says, x + 4, u.bbox.top + 12);
        }
      }]}
    }, values, box);
    const last = [...data.v].reverse().find(v => v != null);
    figure.querySelector('figcaption .quiet').textContent =
      last == null ? '' : 'last ' + Number(last.toPrecision(4));
    figure.dataset.drawn = 'yes';
  }
  async function load(figure) {
    try {
      const answer = await fetch(figure.dataset.src);
      if (!answer.ok) throw new Error(answer.status === 404 ? 'Nothing of it is in memory any more.' : 'It cannot be had now.');
      figure.series = await answer.json();
      draw(figure, figure.series);
    } catch (e) {
      figure.querySelector('div').textContent = e.message;
      figure.dataset.drawn = 'no';
    }
  }
  const figures = [...document.querySelectorAll('.plot')];
  const seen = new IntersectionObserver(entries => {
    for (const e of entries) if (e.isIntersecting) { seen.unobserve(e.target); load(e.target); }
  });
  figures.forEach(f => seen.observe(f));
  document.addEventListener('theme', () => figures.forEach(f => f.series && draw(f, f.series)));
})();
