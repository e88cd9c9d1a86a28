// Chats in people's own accounts, into which a bot may be let.

import { attempt, call, nameOf, personOf, view } from './core.js';

/** Who writes next in an account's chat, by the chat's key; the fan at first. */
const speakers = new Map();

const keyOf = (owner, fan) => `${owner}/${fan}`;
const accountOf = (owner) => view.state.business.find((account) => account.owner === owner) ?? null;

/** The account's chat that a key of `view.chat` names, or null for a bot's own chat. */
export function accountChat(key) {
  if (typeof key !== 'string') return null;
  const [owner, fan] = key.split('/').map((id) => personOf(Number(id)));
  if (!owner || !fan) return null;
  const account = accountOf(owner.id);
  const speaker = speakers.get(key) ?? fan.id;
  return { key, owner, fan, speaker, connection: account?.connection ?? null, chat: account?.chats.find((chat) => chat.chat === fan.id) ?? null };
}

/** One row of the list for each chat in an account. */
export function accountRows() {
  return view.state.business.flatMap(({ owner, chats }) => chats.map((chat) => ({
    id: keyOf(owner, chat.chat), face: chat.chat, name: `${nameOf(personOf(chat.chat))} → ${nameOf(personOf(owner))}`, chat,
  })));
}

/** Acts of the speaker of an account's chat; they name the connected bot, whichever is looked at. */
export function accountActor(bot, { owner, fan, speaker }) {
  return attempt((act, fields = {}) => {
    const connected = accountOf(owner.id)?.connection?.bot ?? bot;
    return call('POST', `/people/${speaker}/acts`, { bot: connected, business: owner.id, to: fan.id, act, ...fields });
  });
}

/** Lines of a person's menu: the own account, and those of others. `item` makes a line, `open` opens a chat. */
export function personItems(bot, person, item, open) {
  const act = (name, fields) => call('POST', `/people/${person.id}/acts`, { bot: bot.id, act: name, ...fields });
  const { connection } = accountOf(person.id) ?? {};
  const own = connection?.bot === bot.id ? [
    item(connection.can_reply ? 'Let the bot only read this account' : 'Let the bot answer in this account', () => act('change_business', { can_reply: !connection.can_reply })),
    item('Take the bot out of this account', () => act('end_business')),
  ] : [item('Let the bot into this account', () => act('connect_business'))];
  const others = view.state.business.filter((account) => account.connection && account.owner !== person.id);
  return [...own, ...others.map(({ owner }) => item(`Write to ${nameOf(personOf(owner))}'s account`, () => open(keyOf(owner, person.id))))];
}

/** The line of an account's menu that hands the pen to the other person. */
export function speakerItem({ key, owner, fan, speaker }, item, again) {
  const next = speaker === fan.id ? owner : fan;
  return item(`Write as ${nameOf(next)}`, () => {
    speakers.set(key, next.id);
    return again();
  });
}

/** What the head of an account's chat says. */
export function accountDetail({ owner, fan, speaker, connection }) {
  const bot = view.state.bots.find((entry) => entry.id === connection?.bot);
  const access = !bot ? 'no bot' : connection.can_reply ? `@${bot.username} answers` : `@${bot.username} reads`;
  return `account of ${nameOf(owner)} · ${access} · you are ${nameOf(speaker === fan.id ? fan : owner)}`;
}
