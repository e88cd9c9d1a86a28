// Building nodes, calling the control API, and following the state.

/** Makes an element. Text is always set as text, never parsed as HTML. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'class') node.className = value;
    else if (name in node && name !== 'list') node[name] = value;
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

let toastTimer;
/** Shows a short note at the bottom. */
export function toast(text) {
  const box = document.getElementById('toast');
  box.textContent = text;
  box.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { box.hidden = true; }, 4000);
}

/** One control call; a refusal is shown and thrown. */
export async function call(verb, path, body) {
  const init = { method: verb };
  if (body !== undefined) {
    init.headers = { 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  const response = await fetch(`/__control${path}`, init);
  const answer = await response.json();
  if (!response.ok) {
    toast(answer.message ?? `Refused with ${response.status}`);
    throw new Error(answer.message);
  }
  return answer;
}

/** What a click starts: a refusal has been shown already. */
export function attempt(action) {
  return (...args) => Promise.resolve(action(...args)).catch(() => {});
}

/** The last state, and what the person looks at. */
export const view = {
  state: { bots: [], people: [], chats: [], business: [], faults: [], settings: {} },
  bot: null,
  chat: null,
};

const followers = [];
/** Runs `follower` after each change of the state. */
export function follow(follower) {
  followers.push(follower);
}

export async function refresh() {
  view.state = await call('GET', '/state');
  if (!view.state.bots.some((bot) => bot.id === view.bot)) view.bot = view.state.bots[0]?.id ?? null;
  for (const follower of followers) await follower();
}

/** Follows the state for as long as the page is open. */
export async function watch() {
  for (;;) {
    try {
      await refresh();
      await fetch(`/__control/changes?since=${view.state.version}`);
      // Under load the state changes all the time; looking a few times a second is enough.
      await new Promise((resolve) => setTimeout(resolve, 120));
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1500));
    }
  }
}

export const currentBot = () => view.state.bots.find((bot) => bot.id === view.bot) ?? null;
export const personOf = (id) => view.state.people.find((person) => person.id === id) ?? null;
export const groupOf = (id) => view.state.chats.find((chat) => chat.id === id) ?? null;

export function nameOf(person) {
  if (!person) return 'Unknown';
  if (person.deleted) return 'Deleted account';
  return [person.first_name, person.last_name].filter(Boolean).join(' ') || 'No name';
}

/** A round picture with initials, coloured by id. */
export function avatar(id, name) {
  const letters = name.split(/\s+/).slice(0, 2).map((word) => Array.from(word)[0] ?? '').join('').toUpperCase();
  return h('span', { class: `avatar tint-${Math.abs(id) % 7}`, 'aria-hidden': 'true' }, letters || '?');
}

export function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

const KINDS = ['photo', 'video', 'voice', 'audio', 'animation', 'document', 'sticker', 'video_note', 'contact', 'location'];
/** One line for lists and quotes. */
export function preview(message) {
  if (!message) return '';
  const text = message.text ?? message.caption;
  if (message.invoice) return `Invoice: ${message.invoice.title}`;
  if (message.successful_payment) return 'Payment';
  if (message.refunded_payment) return 'Refund';
  const kind = KINDS.find((name) => message[name]);
  if (kind === 'sticker') return `${message.sticker.emoji ?? ''} Sticker`.trim();
  const label = kind ? kind.replace('_', ' ').replace(/^./, (letter) => letter.toUpperCase()) : '';
  return [label, text].filter(Boolean).join(': ') || 'Message';
}
