// The map of services. Places come from the server, so that a thousand of them stand at once.
(async () => {
  'use strict';
  const box = document.getElementById('map');
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  let data;
  try {
    const answer = await fetch(box.dataset.src);
    if (!answer.ok) throw new Error();
    data = await answer.json();
  } catch {
    box.textContent = 'The map cannot be had now; the table may.';
    return;
  }
  box.replaceChildren();
  const tones = {healthy: '--good', degraded: '--warn', critical: '--bad', unknown: '--calm'};
  const shapes = {healthy: 'ellipse', degraded: 'triangle', critical: 'diamond', unknown: 'rectangle'};
  const style = () => [
    {selector: 'node', style: {width: 26, height: 26, label: 'data(id)', 'font-size': 11,
      'text-valign': 'bottom', 'text-margin-y': 3, color: css('--text'), 'min-zoomed-font-size': 7}},
    ...Object.keys(tones).map(s => ({selector: `node[status = "${s}"]`,
      style: {'background-color': css(tones[s]), shape: shapes[s]}})),
    {selector: '.title', style: {width: 1, height: 1, 'background-opacity': 0, label: 'data(title)',
      'font-size': 44, 'font-weight': 'bold', 'text-halign': 'right', 'text-valign': 'center',
      'min-zoomed-font-size': 0, events: 'no'}},
    {selector: 'edge', style: {width: 1, 'line-color': css('--line-strong'), 'curve-style': 'haystack',
      opacity: data.titles.length ? 0.12 : 0.6}},
    {selector: '.near', style: {'line-color': css('--live'), width: 2, opacity: 1}},
    {selector: '.away', style: {opacity: 0.08}}];
  const cy = cytoscape({
    container: box,
    elements: {
      nodes: data.nodes.map(n => ({data: n, position: {x: n.x, y: n.y}})).concat(
        data.titles.map(t => ({data: {id: 'title ' + t.group, title: t.sick
          ? `${t.group}: ${t.sick} of ${t.services} sick` : `${t.group}: ${t.services}`},
          position: {x: t.x, y: t.y}, classes: 'title', selectable: false, grabbable: false}))),
      edges: data.calls.map((c, i) => ({data: {id: 'e' + i, source: c.from, target: c.to}}))},
    layout: {name: 'preset', padding: 30}, style: style(), textureOnViewport: data.nodes.length > 300,
    hideEdgesOnViewport: data.nodes.length > 300, autoungrabify: data.nodes.length > 300,
    minZoom: 0.05, maxZoom: 3});
  cy.on('tap', 'node[status]', e => location.assign('/fleet/' + encodeURIComponent(e.target.id())));
  cy.on('mouseover', 'node', e => e.target.connectedEdges().addClass('near'));
  cy.on('mouseout', 'node', e => e.target.connectedEdges().removeClass('near'));
  const find = document.getElementById('map-find');
  const status = document.getElementById('map-status');
  const group = document.getElementById('map-group');
  for (const g of data.groups) group.add(new Option(g, g));
  function filter() {
    const text = find.value.trim();
    cy.batch(() => {
      const wanted = cy.nodes('[status]').filter(n => n.id().includes(text) &&
        (status.value === 'all' || n.data('status') === status.value) &&
        (!group.value || n.data('group') === group.value));
      cy.elements().not('.title').addClass('away');
      wanted.removeClass('away');
      wanted.edgesWith(wanted).removeClass('away');
      if (wanted.length && wanted.length < data.nodes.length) cy.fit(wanted, 60);
      else cy.fit(undefined, 30);
    });
  }
  [find, status, group].forEach(i => i.addEventListener('input', filter));
  if (find.value || status.value !== 'all') filter();
  document.addEventListener('theme', () => cy.style(style()));
  window.fleetMap = cy;
  box.dataset.drawn = data.nodes.length;
})();
