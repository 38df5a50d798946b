// The console's own behaviour: live parts, times, keys. Pages work without it, only not by themselves.
(() => {
  'use strict';
  const $ = (s, root = document) => root.querySelector(s);
  const all = (s, root = document) => [...root.querySelectorAll(s)];

  // ---- times in the reader's zone, or in UTC
  const zoneButton = $('#zone');
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  const zone = () => (localStorage.getItem('zone') === 'utc' ? 'UTC' : own);
  function times(root = document) {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone(), year: 'numeric', month: '2-digit', day: '2-digit',
      hour: '2-digit', minute: '2-digit', second: '2-digit'});
    for (const t of all('time[datetime]', root)) {
      const at = new Date(t.getAttribute('datetime'));
      if (!isNaN(at)) {
        t.textContent = format.format(at) + (zone() === 'UTC' ? ' UTC' : '');
        t.title = at.toISOString();
      }
    }
    if (zoneButton) zoneButton.textContent = 'Times in ' + zone();
  }
  zoneButton?.addEventListener('click', () => {
    localStorage.setItem('zone', zone() === 'UTC' ? 'own' : 'utc');
    times();
  });
  times();
  document.body.addEventListener('htmx:afterSettle', e => times(e.target));

  $('#theme')?.addEventListener('click', () => {
    const isDark = document.documentElement.dataset.theme
      ? document.documentElement.dataset.theme === 'dark'
      : matchMedia('(prefers-color-scheme: dark)').matches;
    const theme = isDark ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    localStorage.setItem('theme', theme);
    document.dispatchEvent(new Event('theme'));
  });

  // ---- live, and honest about not being so
  const cut = $('#cut');
  let heard = Date.now();
  let refresh = 0;
  function connected(is) {
    document.body.classList.toggle('is-cut', !is);
    document.body.classList.toggle('is-live', is);
    if (!cut) return;
    cut.hidden = is;
    if (!is) {
      cut.textContent = 'Not connected since ' +
        new Intl.DateTimeFormat('sv-SE', {timeZone: zone(), timeStyle: 'medium'}).format(heard) +
        '. What you see may be old; it goes on by itself when GRACE answers again.';
    }
  }
  function alive() {
    heard = Date.now();
    connected(true);
  }
  function swap(id, html) {
    const to = document.getElementById(id);
    if (!to || to.contains(document.activeElement) && document.activeElement.matches('input')) return;
    to.innerHTML = html;
    times(to);
  }
  // What changed is fetched once more, a little later and not by all pages at the same moment.
  function again() {
    clearTimeout(refresh);
    refresh = setTimeout(() => {
      const part = $('#facts');
      if (!part || part.querySelector('form :focus')) return;
      if (all('form input:not([type=hidden])', part).some(i => i.value !== i.defaultValue)) return;
      const open = all('details', part).map(d => d.open);
      window.htmx?.ajax('GET', location.pathname + location.search,
        {target: '#facts', select: '#facts', swap: 'outerHTML'})
        .then(() => all('details', $('#facts')).forEach((d, i) => { d.open = !!open[i]; }));
    }, 300 + Math.random() * 700);
  }
  if ($('#strip') && window.EventSource) {
    let source;
    const connect = () => {
      source = new EventSource('/live');
      source.addEventListener('beat', alive);
      source.addEventListener('strip', e => { alive(); swap('strip', e.data); });
      source.addEventListener('now', e => { alive(); swap('now', e.data); });
      source.addEventListener('news', e => {
        alive();
        const part = $('[data-live]');
        if (!part) return;
        const wanted = part.dataset.live.split(' ');
        const told = e.data.split(' ');
        if (wanted.includes('*') || told.includes('*') || told.some(s => wanted.includes(s))) again();
      });
      source.onerror = () => {
        connected(false);
        if (source.readyState === EventSource.CLOSED) setTimeout(connect, 3000);
      };
    };
    connect();
    setInterval(() => { if (Date.now() - heard > 15000) connected(false); }, 1000);
    addEventListener('pagehide', () => source.close());
  }

  // ---- keys
  const places = {n: '/', f: '/fleet', i: '/incidents', a: '/approvals', p: '/playbooks',
    l: '/learning', j: '/journal'};
  let going = 0;
  document.addEventListener('keydown', e => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.matches('input, select, textarea')) return;
    if (Date.now() - going < 1500 && places[e.key]) {
      location.assign(places[e.key]);
    } else if (e.key === 'g') {
      going = Date.now();
    } else if (e.key === '/') {
      e.preventDefault();
      $('#q-all')?.focus();
    } else if (e.key === '?') {
      $('#keys')?.togglePopover();
    } else if (e.key === 'a' && $('#approve')) {
      e.preventDefault();
      $('#approve').focus();
    } else if (e.key === 'r' && $('#reject')) {
      e.preventDefault();
      $('#reject').focus();
    }
  });
})();
