// The list of fans and the open chat.

import { accountActor, accountChat, accountDetail, accountRows, personItems, speakerItem } from './accounts.js';
import { actor, bubble, isOpen } from './bubbles.js';
import { attempt, avatar, call, clock, currentBot, groupOf, h, nameOf, personOf, preview, toast, view } from './core.js';

const room = () => document.getElementById('room');
const STICKERS = ['😀', '😍', '🔥', '💋', '🎉', '👍', '🥺', '🙈'];

/** What belongs to the open chat; made again when another chat opens. */
let open = null;

export function setupChats() {
  document.getElementById('bot-select').addEventListener('change', (event) => {
    view.bot = Number(event.target.value);
    renderChats();
  });
  document.getElementById('add-fan').addEventListener('click', attempt(async () => {
    const languages = ['en', 'es', 'ru', 'pt', 'de'];
    const person = await call('POST', '/people', { language_code: languages[view.state.people.length % languages.length] });
    select(person.id);
  }));
}

function select(chat) {
  view.chat = chat;
  document.getElementById('view-chats').classList.toggle('has-chat', chat !== null);
  renderChats();
}

export async function renderChats() {
  const bot = currentBot();
  renderBots(bot);
  renderPeople(bot);
  await renderRoom(bot);
}

function renderBots(bot) {
  const select = document.getElementById('bot-select');
  const key = JSON.stringify(view.state.bots.map((entry) => [entry.id, entry.first_name, entry.username]));
  if (select.dataset.key !== key) {
    select.dataset.key = key;
    select.replaceChildren(...view.state.bots.map((entry) => h('option', { value: String(entry.id) }, `${entry.first_name} (@${entry.username})`)));
    if (!view.state.bots.length) select.replaceChildren(h('option', {}, 'No bot yet'));
  }
  select.disabled = !view.state.bots.length;
  if (bot) select.value = String(bot.id);
}

function renderPeople(bot) {
  const chats = new Map((bot?.chats ?? []).map((chat) => [chat.chat, chat]));
  const rows = [
    ...view.state.people.map((person) => ({ id: person.id, name: nameOf(person), chat: chats.get(person.id), muted: person.deleted })),
    ...accountRows(),
    ...view.state.chats.map((group) => ({ id: group.id, name: group.title, chat: chats.get(group.id), kind: group.type ?? group.kind })),
  ];
  rows.sort((a, b) => (b.chat?.last?.message.date ?? 0) - (a.chat?.last?.message.date ?? 0) || (a.face ?? a.id) - (b.face ?? b.id));
  const list = document.getElementById('people');
  const key = JSON.stringify([rows, view.chat]);
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(...rows.map(personRow));
  if (!rows.length) {
    list.append(h('li', { class: 'empty' }, bot ? 'Add a fan and write to the bot as that fan.' : 'Make a bot under BotFather, then add a fan here.'));
  }
}

function personRow({ id, face, name, chat, kind, muted }) {
  const last = chat?.last;
  const line = chat?.action ? 'typing …' : chat?.blocked ? 'blocked the bot' : last ? `${last.from_bot ? 'Bot: ' : ''}${preview(last.message)}` : kind ?? 'has not started the bot';
  return h('li', {},
    h('button', { type: 'button', class: `person${muted ? ' muted' : ''}`, 'aria-current': view.chat === id ? 'true' : undefined, onclick: () => select(id) },
      avatar(face ?? id, name),
      h('span', { class: 'person-text' },
        h('span', { class: 'person-name' }, name, chat?.blocked && h('span', { class: 'chip' }, 'blocked')),
        h('span', { class: `person-line${chat?.action ? ' typing' : ''}` }, line)),
      last && h('time', { class: 'person-time' }, clock(last.message.date))));
}

async function renderRoom(bot) {
  const person = personOf(view.chat);
  const group = groupOf(view.chat);
  const account = accountChat(view.chat);
  if (!bot || (!person && !group && !account)) {
    open = null;
    const steps = bot
      ? ['Pick a fan on the left, or add one.', 'Everything you write goes to the bot as a Telegram update.']
      : ['Make a bot under BotFather and paste its message into the product.', 'Then add a fan here and write to the bot.'];
    room().replaceChildren(h('div', { class: 'welcome' }, h('img', { src: '/icon.svg', alt: '', width: 56, height: 56 }), h('h1', {}, 'You are the fans'), steps.map((step) => h('p', {}, step))));
    return;
  }
  if (!open || open.bot !== bot.id || open.chat !== view.chat) openRoom(bot, person, account);
  const known = account ? account.chat : bot.chats.some((chat) => chat.chat === view.chat);
  const path = account ? `business/${account.owner.id}/chats/${account.fan.id}` : `chats/${view.chat}`;
  const transcript = known ? await call('GET', `/bots/${bot.id}/${path}?limit=300`) : { messages: [], blocked: false, action: null };
  if (open && isOpen(open.bot, open.chat)) fillRoom(bot, { person, group, account }, Boolean(known), transcript);
}

function openRoom(bot, person, account) {
  const speaker = account?.speaker ?? person?.id ?? view.state.people.find((someone) => !someone.deleted)?.id;
  const act = account ? accountActor(bot.id, account) : actor(bot.id, view.chat, speaker);
  const nodes = {
    head: h('header', { class: 'room-head' }),
    list: h('ol', { class: 'messages', 'aria-label': 'Messages', 'aria-live': 'polite' }),
    typing: h('div', { class: 'typing-line', hidden: true }, h('span', { class: 'dots' }, h('i'), h('i'), h('i')), h('span', { class: 'typing-text' })),
    answer: h('div', { class: 'answer', hidden: true }),
    foot: h('footer', { class: 'composer' }),
  };
  open = { bot: bot.id, chat: view.chat, speaker, act, nodes, rows: new Map(), mode: null, footKind: null, headKey: null, lastAnswer: null };
  room().replaceChildren(nodes.head, h('div', { class: 'scroll' }, nodes.list, nodes.typing), nodes.answer, nodes.foot);
}

function fillRoom(bot, { person, group, account }, known, transcript) {
  if (account) renderAccountHead(account);
  else renderHead(bot, person, group, known, transcript);
  renderMessages(bot, group, account, transcript);
  renderTyping(bot, transcript);
  renderAnswer(transcript);
  const kind = account ? 'write' : person?.deleted ? 'deleted' : !known ? 'start' : transcript.blocked ? 'blocked' : 'write';
  renderFoot(kind, group);
}

function renderHead(bot, person, group, known, transcript) {
  const name = person ? nameOf(person) : group.title;
  const key = JSON.stringify([person, group, known, transcript.blocked, bot.username, view.state.business]);
  if (open.headKey === key) return;
  open.headKey = key;
  const detail = person
    ? [person.username && `@${person.username}`, person.language_code, person.is_premium && 'Premium', `id ${person.id}`].filter(Boolean).join(' · ')
    : `${group.kind} · id ${group.id}`;
  const items = person ? [
    known && !person.deleted && (transcript.blocked ? menuItem('Unblock the bot', () => open.act('unblock')) : menuItem('Block the bot', () => open.act('block'))),
    !person.deleted && personItems(bot, person, menuItem, select),
    !person.deleted && menuItem(person.is_premium ? 'End Premium' : 'Give Premium', () => call('PATCH', `/people/${person.id}`, { is_premium: !person.is_premium })),
    !person.deleted && menuItem('Change the name …', () => rename(person)),
    !person.deleted && menuItem('Delete the account …', () => remove(person)),
  ] : [menuItem('Remove the bot', () => call('POST', `/chats/${group.id}/bots`, { bot: bot.id, status: 'kicked', by: open.speaker }))];
  fillHead(view.chat, name, `${detail} → @${bot.username}`, items);
}

function renderAccountHead(account) {
  const key = JSON.stringify(account);
  if (open.headKey === key) return;
  open.headKey = key;
  const again = () => { open = null; return renderChats(); };
  fillHead(account.fan.id, nameOf(account.fan), accountDetail(account), [speakerItem(account, menuItem, again)]);
}

const ROOM_MENU = 'room-menu';

function menuItem(label, action) {
  return h('button', { type: 'button', onclick: attempt(async () => { document.getElementById(ROOM_MENU)?.hidePopover(); await action(); }) }, label);
}

function fillHead(face, name, detail, items) {
  open.nodes.head.replaceChildren(
    h('button', { type: 'button', class: 'back', 'aria-label': 'Back to the list', onclick: () => select(null) }, '‹'),
    avatar(face, name),
    h('div', { class: 'room-title' }, h('strong', {}, name), h('small', {}, detail)),
    h('button', { type: 'button', class: 'icon', 'aria-label': 'More', popovertarget: ROOM_MENU }, '⋮'),
    h('div', { class: 'menu', id: ROOM_MENU, popover: 'auto' }, items));
}

async function remove(person) {
  if (confirm(`Delete the account of ${nameOf(person)}? The bot gets 403 from then on.`)) await call('DELETE', `/people/${person.id}`);
}

async function rename(person) {
  const name = prompt('First name', person.first_name);
  if (name !== null) await call('PATCH', `/people/${person.id}`, { first_name: name });
}

/** Makes only the rows that changed, so that nothing jumps under the pointer. */
function renderMessages(bot, group, account, transcript) {
  const { list } = open.nodes;
  const scroll = list.parentElement;
  const wasAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  const context = { person: open.speaker, botName: bot.first_name, isGroup: Boolean(group), act: open.act, reply: (entry) => setMode('reply', entry), edit: (entry) => setMode('edit', entry) };
  if (account) context.remove = (entry) => open.act('delete_messages', { message_ids: [entry.message.message_id] });
  const seen = new Set();
  let grew = false;
  let place = null;
  for (const entry of transcript.messages) {
    const id = entry.message.message_id;
    const key = JSON.stringify(entry);
    seen.add(id);
    let row = open.rows.get(id);
    if (!row || row.key !== key) {
      const node = bubble(entry, context);
      if (row) row.node.replaceWith(node);
      else {
        list.append(node);
        grew = true;
      }
      row = { key, node };
      open.rows.set(id, row);
    }
    place = row.node;
  }
  for (const [id, row] of open.rows) {
    if (!seen.has(id)) {
      row.node.remove();
      open.rows.delete(id);
    }
  }
  if (grew && place && wasAtEnd) requestAnimationFrame(() => { scroll.scrollTop = scroll.scrollHeight; });
}

function renderTyping(bot, transcript) {
  const { typing } = open.nodes;
  typing.hidden = !transcript.action;
  typing.querySelector('.typing-text').textContent = transcript.action === 'typing' || !transcript.action ? `${bot.first_name} is typing` : `${bot.first_name}: ${transcript.action.replaceAll('_', ' ')}`;
  if (!typing.hidden) {
    const scroll = typing.parentElement;
    scroll.scrollTop = scroll.scrollHeight;
  }
  const waits = transcript.messages.some((entry) => entry.checkout?.state === 'waiting');
  clearTimeout(open.timer);
  // A chat action and a pre-checkout end by time alone, which is no change of the state.
  if (transcript.action || waits) open.timer = setTimeout(renderChats, 1000);
}

function renderAnswer(transcript) {
  const answer = transcript.last_callback_answer;
  if (!answer || !open || answer.at_ms === open.lastAnswer) return;
  const isFirstLook = open.lastAnswer === null && open.rows.size > 0 && Date.now() - answer.at_ms > 5000;
  open.lastAnswer = answer.at_ms;
  if (answer.answer.text && !isFirstLook) toast(answer.answer.text);
}

function setMode(kind, entry) {
  open.mode = { kind, entry };
  renderMode();
  const field = open.nodes.foot.querySelector('textarea');
  if (!field) return;
  if (kind === 'edit') field.value = entry.message.text ?? entry.message.caption ?? '';
  field.focus();
}

function renderMode() {
  const bar = open.nodes.foot.querySelector('.mode');
  if (!bar) return;
  bar.hidden = !open.mode;
  bar.replaceChildren();
  if (!open.mode) return;
  bar.append(
    h('span', {}, open.mode.kind === 'edit' ? 'Editing: ' : 'Replying to: ', preview(open.mode.entry.message)),
    h('button', { type: 'button', class: 'icon', 'aria-label': 'Cancel', onclick: () => { open.mode = null; renderMode(); } }, '✕'));
}

function renderFoot(kind, group) {
  if (open.footKind === kind) return;
  open.footKind = kind;
  const { foot } = open.nodes;
  const big = (label, action) => foot.replaceChildren(h('button', { type: 'button', class: 'big', onclick: action }, label));
  if (kind === 'deleted') return foot.replaceChildren(h('p', { class: 'note' }, 'This account is deleted.'));
  if (kind === 'blocked') return big('Unblock the bot', () => open.act('unblock'));
  if (kind === 'start' && group) return big('Add the bot as administrator', attempt(() => call('POST', `/chats/${group.id}/bots`, { bot: open.bot, status: 'administrator', by: open.speaker })));
  if (kind === 'start') return big('Start', () => open.act('start'));
  foot.replaceChildren(...composer());
}

function composer() {
  const field = h('textarea', { rows: 1, placeholder: 'Message', 'aria-label': 'Message', dir: 'auto', maxLength: 4096 });
  const send = attempt(async () => {
    const text = field.value;
    if (!text.trim()) return;
    const mode = open.mode;
    field.value = '';
    open.mode = null;
    renderMode();
    grow();
    if (mode?.kind === 'edit') await open.act('edit', { message_id: mode.entry.message.message_id, text });
    else await open.act('text', { text, reply_to: mode?.entry.message.message_id });
    const scroll = open.nodes.list.parentElement;
    scroll.scrollTop = scroll.scrollHeight;
  });
  const grow = () => {
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
  };
  field.addEventListener('input', grow);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    }
  });
  const picker = h('input', { type: 'file', hidden: true, 'aria-label': 'File to send' });
  picker.addEventListener('change', attempt(() => sendFile(picker)));
  const menuId = 'attach-menu';
  const item = (label, action) => h('button', { type: 'button', onclick: () => { document.getElementById(menuId)?.hidePopover(); action(); } }, label);
  const pick = (media, accept) => { picker.dataset.media = media; picker.accept = accept; picker.click(); };
  const menu = h('div', { class: 'menu', id: menuId, popover: 'auto' },
    h('div', { class: 'emoji-row' }, STICKERS.map((emoji) => h('button', { type: 'button', 'aria-label': `Sticker ${emoji}`, onclick: () => { menu.hidePopover(); open.act('sticker', { emoji }); } }, emoji))),
    item('Photo from this computer …', () => pick('photo', 'image/*')),
    item('File from this computer …', () => pick('document', '')),
    item('Made-up photo', () => open.act('photo', { caption: field.value })),
    item('Album of three', () => open.act('album', { items: [{ media: 'photo', caption: field.value }, { media: 'photo' }, { media: 'video' }] })),
    item('Voice note', () => open.act('voice')),
    item('Video', () => open.act('video')),
    item('Video note', () => open.act('video_note')),
    item('Document', () => open.act('document', { name: 'notes.txt', mime: 'text/plain' })),
    item('Contact', () => open.act('content', { content: { contact: { phone_number: '+10000000000', first_name: 'A friend' } } })));
  return [
    h('div', { class: 'mode', hidden: true }),
    h('div', { class: 'compose-row' },
      h('button', { type: 'button', class: 'icon', 'aria-label': 'Attach', popovertarget: menuId }, '📎'), menu, picker, field,
      h('button', { type: 'button', class: 'send', 'aria-label': 'Send', onclick: send }, '➤')),
  ];
}

async function sendFile(picker) {
  const file = picker.files[0];
  if (!file) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (let start = 0; start < bytes.length; start += 0x8000) binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  picker.value = '';
  await open.act(picker.dataset.media, { base64: btoa(binary), name: file.name, mime: file.type || undefined });
}
