'use strict';

const KINDS = ['too_many_requests', 'spending_limit', 'server_error', 'unavailable', 'unauthorized', 'model_gone', 'hang', 'slow', 'cut_body',
  'invalid_json', 'wrong_schema', 'empty', 'huge', 'refusal', 'unsafe', 'say', 'lie', 'obey', 'leak_prompt'];
/** The field that "Detail" fills, and whether it is a number. */
const DETAIL = { too_many_requests: ['retry_after', true], model_gone: ['status', true], hang: ['ms', true], slow: ['ms', true], unsafe: ['text', false], say: ['text', false], lie: ['language', false] };

const by = id => document.getElementById(id);
const opened = new Set();

function el(tag, props, ...children) {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children);
  return node;
}

async function api(verb, path, body) {
  const answer = await fetch(`/__control${path}`, {
    method: verb,
    headers: body ? { 'content-type': 'application/json' } : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.message);
  return value;
}

async function act(work) {
  try {
    await work();
    by('note').textContent = '';
    await draw();
  } catch (error) {
    by('note').textContent = error.message;
  }
}

function removable(path, item, text) {
  return el('li', {}, text, ' ', el('button', { type: 'button', onclick: () => act(() => api('DELETE', `${path}/${item.id}`)) }, 'Remove'));
}

function faultText(fault) {
  const { kind, ...detail } = fault.fault;
  const limits = [fault.vendor, fault.match && `on "${fault.match}"`, fault.count && `${fault.count} times`, fault.probability && `p = ${fault.probability}`, `${fault.hits} hits`];
  return `${kind} ${Object.keys(detail).length ? JSON.stringify(detail) : ''} (${limits.filter(Boolean).join(', ')})`;
}

function entry(call) {
  const state = call.status ?? call.outcome;
  const tokens = `${call.tokens.input} in, ${call.tokens.cached} cached, ${call.tokens.output} out`;
  const head = el('summary', {}, el('b', { className: call.status === 200 ? 'good' : 'bad' }, String(state)), ` ${call.vendor} ${call.endpoint} ${call.model ?? ''} `,
    el('span', { className: 'quote' }, call.newest.slice(0, 120)), el('span', { className: 'soft' }, ` ${call.fault ?? ''} ${call.duration_ms} ms, ${tokens}`));
  const item = el('details', { open: opened.has(call.seq), ontoggle: () => (item.open ? opened.add(call.seq) : opened.delete(call.seq)) }, head,
    el('h3', {}, 'Answer'), el('pre', {}, call.answer), el('h3', {}, 'Request'), el('pre', {}, JSON.stringify(call.request, null, 2)));
  return el('li', { value: call.seq }, item);
}

async function draw() {
  const [state, log, counters] = await Promise.all([api('GET', '/state'), api('GET', '/log?limit=100'), api('GET', '/counters')]);
  by('hold').checked = state.settings.hold;
  if (document.activeElement !== by('delay')) by('delay').value = state.settings.delay_ms;
  by('counts').textContent = `${state.held.length} held, ${state.pending} under way, ${counters.xai.calls} to xAI, ${counters.groq.calls} to Groq`;
  by('faults').replaceChildren(...state.faults.map(fault => removable('/faults', fault, faultText(fault))));
  by('replies').replaceChildren(...state.replies.map(reply => removable('/replies', reply, `"${reply.match}": ${reply.reply}`)));
  by('log').replaceChildren(...log.calls.reverse().map(entry));
  return state.version;
}

by('kinds').append(...KINDS.map(kind => el('option', {}, kind)));
by('hold').onchange = event => act(() => api('PATCH', '/settings', { hold: event.target.checked }));
by('delay').onchange = event => act(() => api('PATCH', '/settings', { delay_ms: Number(event.target.value) }));
by('release').onclick = () => act(() => api('POST', '/release', {}));
by('clear').onclick = () => act(() => api('DELETE', '/log'));
by('fault-form').onsubmit = event => {
  event.preventDefault();
  const form = Object.fromEntries(new FormData(event.target));
  const fault = { fault: { kind: form.kind } };
  const [name, isNumber] = DETAIL[form.kind] ?? [];
  if (name && form.detail) fault.fault[name] = isNumber ? Number(form.detail) : form.detail;
  for (const field of ['vendor', 'match']) if (form[field]) fault[field] = form[field];
  for (const field of ['count', 'probability']) if (form[field]) fault[field] = Number(form[field]);
  act(() => api('POST', '/faults', fault));
};
by('reply-form').onsubmit = event => {
  event.preventDefault();
  const form = Object.fromEntries(new FormData(event.target));
  act(() => api('POST', '/replies', form));
};

async function follow() {
  let version = 0;
  for (;;) {
    try {
      version = await draw();
      ({ version } = await api('GET', `/changes?since=${version}`));
    } catch (error) {
      by('note').textContent = `The stand-in does not answer: ${error.message}`;
      await new Promise(resolve => { setTimeout(resolve, 2000); });
    }
  }
}
follow();
