// BotFather, the request log, and the faults.

import { attempt, call, h, toast, view } from './core.js';

const panel = (name) => document.getElementById(`view-${name}`);
const isShown = (name) => !panel(name).hidden;

/** The message that BotFather wrote last, and for which bot. */
let letter = null;
const filters = { bot: '', method: '', only: '' };
const nodes = {};

export function setupPanels() {
  setupBotFather();
  setupRequests();
  setupFaults();
}

export async function renderPanels() {
  if (isShown('botfather')) renderBotFather();
  if (isShown('requests')) await renderRequests();
  if (isShown('faults')) renderFaults();
}

const field = (label, input, hint) => h('label', { class: 'field' }, h('span', {}, label), input, hint && h('small', {}, hint));
const section = (title, ...children) => h('section', { class: 'card' }, h('h2', {}, title), children);

/** Rebuilds a part only when its data changed, so that open details and selections stay. */
function keep(node, data, build) {
  const key = JSON.stringify(data);
  if (node.dataset.key === key) return;
  node.dataset.key = key;
  node.replaceChildren(...[build()].flat());
}

// ---- BotFather

function setupBotFather() {
  const name = h('input', { required: true, maxLength: 64, placeholder: 'Sofi', autocomplete: 'off' });
  const username = h('input', { required: true, pattern: '[A-Za-z0-9_]{2,29}[Bb][Oo][Tt]', placeholder: 'sofi_fans_bot', autocomplete: 'off', spellcheck: false });
  const form = h('form', {
    class: 'form',
    onsubmit: attempt(async (event) => {
      event.preventDefault();
      const bot = await call('POST', '/bots', { first_name: name.value, username: username.value });
      letter = bot;
      view.bot = bot.id;
      form.reset();
      renderBotFather();
    }),
  }, field('Name', name), field('Username', username, 'Ends in “bot”.'), h('button', { class: 'primary' }, 'Make the bot'));
  nodes.letter = h('div', {});
  nodes.bots = h('div', { class: 'rows' });
  panel('botfather').append(h('h1', {}, 'BotFather'), section('A new bot', form), nodes.letter, section('Bots', nodes.bots));
}

function renderBotFather() {
  keep(nodes.letter, letter, () => (letter ? [letterCard()] : []));
  const bots = view.state.bots.map(({ chats, ...bot }) => ({ ...bot, chats: chats.length }));
  keep(nodes.bots, bots, () => (bots.length ? bots.map(botRow) : [h('p', { class: 'note' }, 'No bot yet.')]));
}

function letterCard() {
  const copy = (text, what) => attempt(async () => {
    await navigator.clipboard.writeText(text);
    toast(`${what} copied`);
  });
  return h('section', { class: 'card letter' },
    h('h2', {}, 'BotFather writes'),
    h('p', { class: 'letter-text' }, letter.message),
    h('div', { class: 'actions' },
      h('button', { type: 'button', class: 'primary', onclick: copy(letter.message, 'Message') }, 'Copy the whole message'),
      h('button', { type: 'button', onclick: copy(letter.token, 'Token') }, 'Copy the token only')),
    h('p', { class: 'note' }, 'Paste either into the product to connect the bot.'));
}

function botRow(bot) {
  const webhook = bot.webhook;
  const error = webhook?.last_error_message && `Last error: ${webhook.last_error_message}`;
  return h('article', { class: 'row' },
    h('div', { class: 'row-main' },
      h('strong', {}, bot.first_name, ' ', h('span', { class: 'soft' }, `@${bot.username}`)),
      h('small', { class: 'soft' }, webhook ? `Webhook ${webhook.url}` : bot.polling ? 'Polled by getUpdates' : 'No webhook'),
      h('small', { class: 'soft' }, `${bot.chats} chats · ${bot.pending} updates waiting · ⭐ ${bot.balance}`),
      error && h('small', { class: 'bad' }, error)),
    h('div', { class: 'actions' },
      h('button', { type: 'button', onclick: attempt(async () => { letter = await call('GET', `/bots/${bot.id}/botfather`); renderBotFather(); }) }, 'Show the token'),
      h('button', {
        type: 'button',
        onclick: attempt(async () => {
          if (!confirm(`Give @${bot.username} a new token? The old one stops working at once.`)) return;
          letter = await call('POST', `/bots/${bot.id}/revoke`);
          renderBotFather();
        }),
      }, 'Revoke the token')));
}

// ---- Requests

function setupRequests() {
  const bots = h('select', { onchange: (event) => { filters.bot = event.target.value; renderRequests(); } });
  const method = h('input', { placeholder: 'sendMessage', autocomplete: 'off', oninput: (event) => { filters.method = event.target.value.trim(); renderRequests(); } });
  const only = h('select', { onchange: (event) => { filters.only = event.target.value; renderRequests(); } },
    h('option', { value: '' }, 'Everything'), h('option', { value: 'calls' }, 'Calls of bots'), h('option', { value: 'deliveries' }, 'Deliveries'), h('option', { value: 'bad' }, 'Refused or failed'));
  nodes.filterBots = bots;
  nodes.log = h('ol', { class: 'log' });
  panel('requests').append(
    h('div', { class: 'panel-head' }, h('h1', {}, 'Requests'), h('button', { type: 'button', onclick: attempt(() => call('DELETE', '/log')) }, 'Empty the log')),
    h('div', { class: 'filters' }, field('Bot', bots), field('Method', method), field('Show', only)),
    nodes.log);
}

async function renderRequests() {
  keep(nodes.filterBots, view.state.bots.map((bot) => [bot.id, bot.username]), () => [
    h('option', { value: '' }, 'All bots'), ...view.state.bots.map((bot) => h('option', { value: String(bot.id) }, `@${bot.username}`))]);
  nodes.filterBots.value = filters.bot;
  const query = new URLSearchParams({ limit: '200' });
  if (filters.bot) query.set('bot', filters.bot);
  const [{ deliveries }] = await Promise.all([call('GET', `/deliveries?${query}`)]);
  if (filters.method) query.set('method', filters.method);
  const { calls } = await call('GET', `/log?${query}`);
  const isBad = (entry) => entry.status === null || entry.status >= 300;
  let entries = [
    ...(filters.only === 'deliveries' ? [] : calls.map((entry) => ({ ...entry, type: 'call' }))),
    ...(filters.only === 'calls' || filters.method ? [] : deliveries.map((entry) => ({ ...entry, type: 'delivery' }))),
  ];
  if (filters.only === 'bad') entries = entries.filter(isBad);
  entries.sort((a, b) => b.seq - a.seq);
  entries = entries.slice(0, 200);
  keep(nodes.log, entries.map((entry) => entry.seq), () => (entries.length ? entries.map(logRow) : [h('li', { class: 'empty' }, 'Nothing yet.')]));
}

function logRow(entry) {
  const bot = view.state.bots.find((other) => other.id === entry.bot);
  const status = entry.status ?? (entry.type === 'call' ? 'cut' : 'failed');
  const tone = entry.status !== null && entry.status < 300 ? 'good' : 'bad';
  const title = entry.type === 'call' ? entry.method : `→ ${entry.kind}`;
  const chips = [
    entry.via === 'webhook_reply' && 'in a webhook’s answer',
    entry.fault && `fault: ${entry.fault}`,
    entry.attempt > 1 && `try ${entry.attempt}`,
    entry.error,
  ].filter(Boolean);
  const detail = entry.type === 'call'
    ? { params: entry.params, answer: entry.answer }
    : { update_id: entry.update_id, kind: entry.kind, attempt: entry.attempt, status: entry.status, error: entry.error };
  const body = h('pre', {});
  return h('li', {},
    h('details', { ontoggle: () => { body.textContent ||= JSON.stringify(detail, null, 2); } },
      h('summary', {},
        h('span', { class: `status ${tone}` }, String(status)),
        h('span', { class: 'log-title' }, title),
        chips.map((chip) => h('span', { class: 'chip' }, chip)),
        h('span', { class: 'log-side' }, bot ? `@${bot.username}` : 'unknown token', ' · ', `${entry.duration_ms} ms`, ' · ', new Date(entry.at_ms).toLocaleTimeString())),
      body));
}

// ---- Faults

const FAULTS = {
  too_many_requests: ['429 Too many requests', 'retry_after', 35],
  blocked: ['403 Blocked by the user'],
  deactivated: ['403 Account deleted'],
  cant_initiate: ['403 Never started'],
  kicked: ['403 Kicked from the group'],
  chat_not_found: ['400 Chat not found'],
  query_too_old: ['400 Query too old'],
  unauthorized: ['401 Token revoked'],
  server_error: ['500 Internal server error'],
  bad_gateway: ['502 with an HTML body'],
  silence: ['No answer, then a cut', 'ms', 15000],
  cut_before_reading: ['Cut before the body is read'],
  lose_answer: ['Accepted, but the answer is lost', 'after_ms', 0],
  cut_body: ['Accepted, the answer breaks off'],
  slow: ['Accepted, answered late', 'ms', 3000],
};
const UNITS = { retry_after: 'Seconds to wait', ms: 'Milliseconds', after_ms: 'Milliseconds until the cut' };

function setupFaults() {
  const kind = h('select', {}, Object.entries(FAULTS).map(([name, [label]]) => h('option', { value: name }, label)));
  const amount = h('input', { type: 'number', min: 0, value: 35 });
  const amountField = field('Seconds to wait', amount);
  const bots = h('select', {});
  const method = h('input', { placeholder: 'send*', autocomplete: 'off' });
  const count = h('input', { type: 'number', min: 1, placeholder: 'until removed', value: 1 });
  const adapt = () => {
    const [, name, usual] = FAULTS[kind.value];
    amountField.hidden = !name;
    if (!name) return;
    amountField.firstChild.textContent = UNITS[name];
    amount.value = usual;
  };
  kind.addEventListener('change', adapt);
  adapt();
  const form = h('form', {
    class: 'form',
    onsubmit: attempt(async (event) => {
      event.preventDefault();
      const [, name] = FAULTS[kind.value];
      const script = { fault: { kind: kind.value } };
      if (name) script.fault[name] = Number(amount.value);
      if (bots.value) script.bot = Number(bots.value);
      if (method.value.trim()) script.method = method.value.trim();
      if (count.value) script.count = Number(count.value);
      await call('POST', '/faults', script);
    }),
  }, field('What happens', kind), amountField, field('Bot', bots), field('Method', method, 'Empty means every method.'), field('Calls', count), h('button', { class: 'primary' }, 'Add the fault'));
  nodes.faultBots = bots;
  nodes.faults = h('div', { class: 'rows' });
  nodes.switches = h('div', { class: 'rows' });
  const jump = (label, ms) => h('button', { type: 'button', onclick: attempt(async () => {
    await call('POST', '/clock', { advance_ms: ms });
    toast(`The clock moved by ${label}`);
  }) }, `+ ${label}`);
  panel('faults').append(
    h('h1', {}, 'Faults'), section('Add a fault', form), section('Active', nodes.faults), section('Rules', nodes.switches),
    section('Clock', h('p', { class: 'note' }, 'Moves retries, expiry and waits of this stand-in forward.'),
      h('div', { class: 'actions' }, jump('10 s', 10e3), jump('1 min', 60e3), jump('1 hour', 36e5), jump('1 day', 864e5))));
}

function renderFaults() {
  keep(nodes.faultBots, [view.state.bots.map((bot) => [bot.id, bot.username])], () => [
    h('option', { value: '' }, 'Every bot'), ...view.state.bots.map((bot) => h('option', { value: String(bot.id) }, `@${bot.username}`))]);
  keep(nodes.faults, view.state.faults, () => (view.state.faults.length ? [
    ...view.state.faults.map(faultRow),
    h('div', { class: 'actions' }, h('button', { type: 'button', onclick: attempt(() => call('DELETE', '/faults')) }, 'Remove all')),
  ] : [h('p', { class: 'note' }, 'None: every call is answered as Telegram would.')]));
  const { settings } = view.state;
  keep(nodes.switches, settings, () => [
    toggle('Rate limits', 'One message a second per chat, thirty calls a second per bot.', settings.rate_limits, 'rate_limits'),
    toggle('Hold deliveries', 'Updates wait instead of going to webhooks.', settings.hold_deliveries, 'hold_deliveries'),
  ]);
}

function faultRow(fault) {
  const [label, name] = FAULTS[fault.fault.kind] ?? [fault.fault.kind];
  const bot = view.state.bots.find((other) => other.id === fault.bot);
  const left = fault.count === null ? 'until removed' : `${Math.max(0, fault.count - fault.hits)} of ${fault.count} left`;
  return h('article', { class: 'row' },
    h('div', { class: 'row-main' },
      h('strong', {}, label, name && fault.fault[name] !== undefined && ` (${fault.fault[name]})`),
      h('small', { class: 'soft' }, [bot ? `@${bot.username}` : 'every bot', fault.method ?? 'every method', left, `${fault.hits} hit`].join(' · '))),
    h('div', { class: 'actions' }, h('button', { type: 'button', onclick: attempt(() => call('DELETE', `/faults/${fault.id}`)) }, 'Remove')));
}

function toggle(label, hint, value, name) {
  const input = h('input', { type: 'checkbox', checked: value, onchange: attempt((event) => call('PATCH', '/settings', { [name]: event.target.checked })) });
  return h('label', { class: 'switch' }, input, h('span', {}, h('strong', {}, label), h('small', { class: 'soft' }, hint)));
}

