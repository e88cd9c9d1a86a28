// Which panel is shown, and where the state flows.

import { follow, view, watch } from './core.js';
import { setupChats, renderChats } from './chat.js';
import { setupPanels, renderPanels } from './panels.js';

const VIEWS = ['chats', 'botfather', 'requests', 'faults'];

function show() {
  const wanted = location.hash.slice(1);
  const name = VIEWS.includes(wanted) ? wanted : 'chats';
  for (const other of VIEWS) document.getElementById(`view-${other}`).hidden = other !== name;
  for (const link of document.querySelectorAll('.tabs a')) {
    if (link.hash === `#${name}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  renderPanels();
}

function badge() {
  const active = view.state.faults.filter((fault) => fault.count === null || fault.hits < fault.count).length;
  const node = document.getElementById('fault-count');
  node.hidden = active === 0;
  node.textContent = active;
}

/** Puts an opened menu beside its button, inside of the window. */
function placeMenu(event) {
  const menu = event.target;
  if (event.newState !== 'open' || !menu.classList.contains('menu')) return;
  const button = document.querySelector(`[popovertarget="${menu.id}"]`).getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = button.bottom + 4;
  const top = below + height < innerHeight ? below : button.top - height - 4;
  menu.style.top = `${Math.max(8, top)}px`;
  menu.style.left = `${Math.max(8, Math.min(button.left, innerWidth - width - 8))}px`;
}

document.addEventListener('toggle', placeMenu, true);
setupChats();
setupPanels();
follow(renderChats);
follow(renderPanels);
follow(badge);
addEventListener('hashchange', show);
show();
watch();
