// One message as nodes.

import { attempt, avatar, call, clock, h, nameOf, preview, toast, view } from './core.js';

const STYLES = { bold: 'b', italic: 'i', underline: 'u', strikethrough: 's', code: 'code', pre: 'code', blockquote: 'q', expandable_blockquote: 'q' };

/** Text with its entities; offsets are UTF-16 units, as in JavaScript strings. */
function formatted(text, entities = []) {
  const cuts = new Set([0, text.length]);
  for (const entity of entities) {
    cuts.add(entity.offset);
    cuts.add(entity.offset + entity.length);
  }
  const points = [...cuts].filter((cut) => cut <= text.length).sort((a, b) => a - b);
  return points.slice(0, -1).map((start, index) => {
    const end = points[index + 1];
    let node = document.createTextNode(text.slice(start, end));
    for (const entity of entities) {
      if (entity.offset > start || entity.offset + entity.length < end) continue;
      const url = entity.type === 'text_link' ? entity.url : entity.type === 'url' ? text.slice(entity.offset, entity.offset + entity.length) : null;
      if (url && /^https?:\/\//.test(url)) node = h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, node);
      else if (STYLES[entity.type]) node = h(STYLES[entity.type], {}, node);
      else if (entity.type === 'spoiler') node = h('span', { class: 'spoiler', tabIndex: 0 }, node);
      else if (['bot_command', 'mention', 'hashtag'].includes(entity.type)) node = h('span', { class: 'marked' }, node);
    }
    return node;
  });
}

const file = (unique) => `/__control/files/${encodeURIComponent(unique)}`;
const size = (bytes) => (bytes > 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} kB`);

function media(message) {
  if (message.photo) {
    const photo = message.photo.at(-1);
    return h('img', { class: 'photo', src: file(photo.file_unique_id), alt: 'Photo', loading: 'lazy' });
  }
  if (message.sticker) return h('div', { class: 'sticker' }, message.sticker.emoji ?? '🖼️');
  if (message.voice) {
    return h('div', { class: 'voice' }, h('audio', { controls: true, preload: 'metadata', src: file(message.voice.file_unique_id) }));
  }
  const other = ['video', 'animation', 'audio', 'document', 'video_note'].find((name) => message[name]);
  if (other) {
    const info = message[other];
    const icon = { video: '🎬', animation: '🎞️', audio: '🎵', document: '📄', video_note: '⏺️' }[other];
    return h('a', { class: 'file', href: file(info.file_unique_id), download: info.file_name ?? other },
      h('span', { class: 'file-icon', 'aria-hidden': 'true' }, icon),
      h('span', {}, h('strong', {}, info.file_name ?? other.replace('_', ' ')), h('small', {}, size(info.file_size ?? 0))));
  }
  if (message.contact) return h('div', { class: 'file' }, h('span', { class: 'file-icon' }, '👤'), h('strong', {}, message.contact.first_name));
  if (message.location) return h('div', { class: 'file' }, h('span', { class: 'file-icon' }, '📍'), h('strong', {}, 'Location'));
  return null;
}

const CHECKOUT = { waiting: 'The bot is deciding …', paid: 'Paid', declined: 'Declined', timed_out: 'The bot did not answer in ten seconds' };

function invoice(entry, act) {
  const { message, checkout } = entry;
  const amount = message.invoice.total_amount;
  const canPay = !checkout || checkout.state !== 'waiting';
  return h('div', { class: 'invoice' },
    h('strong', {}, message.invoice.title),
    h('span', {}, message.invoice.description),
    checkout && h('span', { class: `state state-${checkout.state}` }, CHECKOUT[checkout.state], checkout.reason && `: ${checkout.reason}`),
    canPay && h('button', { type: 'button', class: 'pay', onclick: () => act('pay', { message_id: message.message_id }) },
      checkout?.state === 'paid' ? `Pay ⭐ ${amount} again` : `Pay ⭐ ${amount}`));
}

function keyboard(message, act) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return null;
  const button = (item) => {
    if (item.callback_data) return h('button', { type: 'button', onclick: () => act('press', { message_id: message.message_id, data: item.callback_data }) }, item.text);
    if (item.url && /^https?:\/\//.test(item.url)) return h('a', { href: item.url, target: '_blank', rel: 'noopener noreferrer' }, item.text, ' ↗');
    if (item.pay) return h('button', { type: 'button', onclick: () => act('pay', { message_id: message.message_id }) }, item.text);
    return h('button', { type: 'button', disabled: true }, item.text);
  };
  return h('div', { class: 'keyboard' }, rows.map((row) => h('div', {}, row.map(button))));
}

function service(message) {
  if (message.successful_payment) return `Paid ⭐ ${message.successful_payment.total_amount}${message.successful_payment.is_recurring ? ' (subscription)' : ''}`;
  if (message.refunded_payment) return `Got ⭐ ${message.refunded_payment.total_amount} back`;
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return 'The group became a supergroup';
  return null;
}

/** Some emoji are drawn in black without the variation selector, which the Bot API leaves out. */
const coloured = (emoji) => (emoji === '❤' ? '❤\ufe0f' : emoji);

const EMOJI = ['❤', '👍', '🔥', '😁', '🎉', '😢'];

/** What can be done with a message. */
function tools(entry, context) {
  const { message } = entry;
  const own = message.from?.id === context.person;
  const mine = entry.reactions[String(context.person)]?.[0]?.emoji;
  const pick = (emoji) => context.act('react', { message_id: message.message_id, emoji: mine === emoji ? [] : [emoji] });
  const id = `tools-${message.message_id}`;
  const close = (action) => () => { document.getElementById(id)?.hidePopover(); action(); };
  return [
    h('button', { type: 'button', class: 'more', 'aria-label': 'React, reply or edit', popovertarget: id }, '⋯'),
    h('div', { class: 'menu', id, popover: 'auto' },
      !context.remove && h('div', { class: 'emoji-row' }, EMOJI.map((emoji) =>
        h('button', { type: 'button', class: mine === emoji ? 'picked' : '', 'aria-label': `React with ${emoji}`, onclick: close(() => pick(emoji)) }, coloured(emoji)))),
      h('button', { type: 'button', onclick: close(() => context.reply(entry)) }, 'Reply'),
      own && (message.text ?? message.caption) && h('button', { type: 'button', onclick: close(() => context.edit(entry)) }, 'Edit'),
      context.remove && h('button', { type: 'button', onclick: close(() => context.remove(entry)) }, 'Delete for both'),
      h('button', {
        type: 'button',
        onclick: close(attempt(async () => {
          await navigator.clipboard.writeText(JSON.stringify(message, null, 2));
          toast('Copied as JSON');
        })),
      }, 'Copy as JSON')),
  ];
}

/** The node of one transcript entry. */
export function bubble(entry, context) {
  const { message } = entry;
  const note = service(message);
  if (note) return h('li', { class: 'service' }, note);
  const own = message.from?.id === context.person || (!entry.from_bot && !message.from);
  const author = entry.from_bot ? context.botName : nameOf(message.from);
  const reactions = Object.entries(entry.reactions).flatMap(([, list]) => list.map((item) => item.emoji ?? '⭐'));
  const quote = message.reply_to_message;
  const text = message.text ?? message.caption;
  const isBare = message.sticker && !text;
  return h('li', { class: `message ${own ? 'out' : 'in'}${entry.deleted ? ' deleted' : ''}${isBare ? ' bare' : ''}` },
    context.isGroup && !own && avatar(message.from?.id ?? 0, author),
    h('div', { class: 'stack' },
      h('div', { class: 'bubble' },
        context.isGroup && !own && h('span', { class: 'author' }, author),
        message.forward_origin && h('span', { class: 'author' }, 'Forwarded'),
        quote && h('div', { class: 'quote' }, preview(quote)),
        media(message),
        message.invoice && invoice(entry, context.act),
        text !== undefined && h('div', { class: 'text', dir: 'auto' }, formatted(text, message.entities ?? message.caption_entities)),
        h('span', { class: 'meta' },
          entry.deleted && 'deleted · ', message.sender_business_bot && 'by the bot · ', message.has_protected_content && '🔒 ', message.edit_date && 'edited · ',
          h('time', { dateTime: new Date(message.date * 1000).toISOString() }, clock(message.date))),
        !entry.deleted && tools(entry, context)),
      keyboard(message, context.act),
      reactions.length > 0 && h('div', { class: 'reactions' }, reactions.map((emoji) => h('span', {}, coloured(emoji))))));
}

/** Presses, pays and the rest, for the chat that is open. */
export function actor(bot, chat, person) {
  return attempt((act, fields = {}) => call('POST', `/people/${person}/acts`, { bot, chat: chat === person ? undefined : chat, act, ...fields }));
}

export const isOpen = (bot, chat) => view.bot === bot && view.chat === chat;
