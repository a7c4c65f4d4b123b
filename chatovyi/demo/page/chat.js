// The chat: takes in what has happened, keeps the log in order, sends what the person does.

import { bubble, element } from "./bubble.js";
import { WORDS } from "./words.js";

const NEAR_BOTTOM = 80;
const SAME_BREATH = 5 * 60 * 1000;

const $ = (id) => document.getElementById(id);
const messages = new Map(); // id → { message, node }
const pressed = new Map(); // callback → button waiting for its answer
const early = new Set(); // callbacks answered before the press itself has come back
const state = {
  language: "uk",
  description: "",
  commands: [],
  connected: false,
  typing: false,
  following: true,
  unread: 0,
  scrollTop: 0,
};
let typingTimer = 0;
let toastTimer = 0;

const words = () => WORDS[state.language];
const scroller = $("scroller");
const text = $("text");

// What comes from the server.

function listen() {
  const source = new EventSource("/chat/events");
  source.addEventListener("message", (event) => take(JSON.parse(event.data)));
  source.addEventListener("error", () => setConnected(false));
}

function take(news) {
  if (news.fresh) startOver(news);
  if (news.language) setLanguage(news.language);
  if (news.name !== undefined) setName(news.name);
  if (news.description !== undefined) state.description = news.description;
  if (news.note !== undefined) setNote(news.note);
  if (news.commands) setCommands(news.commands);
  if (news.typing !== undefined) setTyping(news.typing, news.fresh);
  (news.gone ?? []).forEach(remove);
  const added = (news.messages ?? []).filter((message) => put(message, news.fresh));
  (news.answers ?? []).forEach(answered);
  if (news.messages || news.gone || news.fresh) arrange();
  settle(added, news.fresh);
  setConnected(true);
}

function startOver() {
  messages.clear();
  $("log").replaceChildren();
  state.unread = 0;
}

// Returns whether the message is new to the log.
function put(message, fresh) {
  const known = messages.get(message.id);
  const node = bubble(message, { words: words(), language: state.language, acts });
  messages.set(message.id, { message, node });
  if (!known) {
    if (!fresh) node.classList.add("arriving");
    if (message.outgoing) hideTyping();
    return true;
  }
  known.node.replaceWith(node);
  node.classList.add("changed");
  return false;
}

function remove(id) {
  messages.get(id)?.node.remove();
  messages.delete(id);
}

// Days between, tails under the last bubble of a breath; nodes that are in place stay where they are.
function arrange() {
  let before = null;
  for (const entry of [...messages.values()].sort((one, two) => one.message.id - two.message.id)) {
    const apart = !before || dayOf(before.message) !== dayOf(entry.message);
    if (!entry.node.isConnected) $("log").append(entry.node);
    setDay(entry, apart);
    before?.node.classList.toggle("tail", apart || !sameBreath(before.message, entry.message));
    before = entry;
  }
  before?.node.classList.add("tail");
  $("log").querySelectorAll(".day:last-child, .day:has(+ .day)").forEach((day) => day.remove());
  showStart();
}

function setDay({ message, node }, wanted) {
  const above = node.previousElementSibling;
  const day = above?.classList.contains("day") ? above : null;
  if (wanted && !day) node.before(element("li", "day", element("span", "", dayName(message))));
  if (!wanted && day) day.remove();
}

const dayOf = (message) => new Date(message.sent_at).toDateString();
const dayName = (message) =>
  new Intl.DateTimeFormat(state.language, { day: "numeric", month: "long" }).format(new Date(message.sent_at));
const sameBreath = (one, two) =>
  one.outgoing === two.outgoing && new Date(two.sent_at) - new Date(one.sent_at) < SAME_BREATH;

function answered({ callback, text: said, alert }) {
  if (pressed.has(callback)) release(callback);
  else early.add(callback);
  if (!said) return;
  if (!alert) return toast(said);
  $("alert-text").textContent = said;
  $("alert").showModal();
}

// What stands around the log.

function setLanguage(language) {
  const changed = language !== state.language;
  state.language = language;
  document.documentElement.lang = language;
  text.placeholder = words().placeholder;
  text.setAttribute("aria-label", words().placeholder);
  for (const [id, word] of Object.entries({ send: "send", down: "down", slash: "commands", languages: "languages", log: "chat", scroller: "chat" })) {
    $(id).setAttribute("aria-label", words()[word]);
  }
  $("start").textContent = words().start;
  for (const link of document.querySelectorAll("[data-language]")) {
    link.setAttribute("aria-current", String(link.dataset.language === language));
  }
  if (!changed || !messages.size) return;
  [...messages.values()].forEach(({ message }) => redraw(message));
  arrange();
}

function redraw(message) {
  const node = bubble(message, { words: words(), language: state.language, acts });
  messages.get(message.id).node.replaceWith(node);
  messages.set(message.id, { message, node });
}

function setName(name) {
  document.title = name;
  $("name").textContent = name;
  $("welcome-name").textContent = name;
  document.querySelectorAll(".avatar").forEach((avatar) => (avatar.textContent = name.slice(0, 1)));
}

function setNote(note) {
  $("note").textContent = note;
  $("note").hidden = !note;
}

function setConnected(connected) {
  state.connected = connected;
  showPresence();
}

function setTyping(count, fresh) {
  state.typing = !fresh;
  clearTimeout(typingTimer);
  typingTimer = setTimeout(hideTyping, 5000);
}

function hideTyping() {
  state.typing = false;
  showPresence();
}

function showPresence() {
  const word = !state.connected ? "connecting" : state.typing ? "typing" : "bot";
  $("presence").textContent = words()[word];
  $("presence").className = word;
}

function showStart() {
  const empty = messages.size === 0;
  const hadStart = document.activeElement === $("start");
  $("welcome").hidden = !empty;
  $("welcome-text").textContent = state.description || words().welcome;
  $("start").hidden = !empty;
  $("composer").hidden = empty;
  const idle = document.activeElement === document.body && matchMedia("(pointer: fine)").matches;
  if (!empty && (hadStart || idle)) text.focus();
}

function toast(said) {
  $("toast").textContent = said;
  $("toast").hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => ($("toast").hidden = true), 3500);
}

// Where the eye is: only scrolling up stops the following of new messages.

function isAtBottom() {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_BOTTOM;
}

function scrolled() {
  const upwards = scroller.scrollTop < state.scrollTop;
  state.scrollTop = scroller.scrollTop;
  state.following = isAtBottom() || (state.following && !upwards);
  showDown();
}

function settle(added, fresh) {
  const own = added.some((message) => !message.outgoing);
  if (fresh || state.following || own) return toBottom(fresh ? "instant" : "smooth");
  state.unread += added.length;
  showDown();
}

function toBottom(wanted = "smooth") {
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : wanted;
  state.following = true;
  scroller.scrollTo({ top: scroller.scrollHeight, behavior });
  showDown();
}

function showDown() {
  if (state.following) state.unread = 0;
  $("down").hidden = state.following;
  $("unread").hidden = state.unread === 0;
  $("unread").textContent = state.unread;
}

// What the person does.

async function post(path, body) {
  const headers = { "content-type": "application/json" };
  try {
    const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
    if (answer.ok) return await answer.json();
    toast(answer.status === 409 ? words().gone : words().failed);
  } catch {
    toast(words().failed);
  }
  return null;
}

const acts = {
  send: (said) => post("/chat/send", { text: said }),
  copy: (said) => navigator.clipboard.writeText(said).then(() => toast(words().copied)),
  follow(id) {
    const target = messages.get(id)?.node;
    target?.scrollIntoView({ block: "center", behavior: "smooth" });
    target?.classList.add("changed");
  },
  async press(message, button, node) {
    node.setAttribute("aria-busy", "true");
    const answer = await post("/chat/press", { message_id: message.id, data: button.value });
    if (!answer || early.delete(answer.callback)) return node.removeAttribute("aria-busy");
    pressed.set(answer.callback, node);
    setTimeout(() => release(answer.callback), 10000);
  },
};

function release(callback) {
  pressed.get(callback)?.removeAttribute("aria-busy");
  pressed.delete(callback);
}

async function sendTyped() {
  const said = text.value.trim();
  if (!said) return;
  text.value = "";
  typed();
  if (!(await acts.send(said)) && !text.value) text.value = said;
}

function typed() {
  $("send").disabled = !text.value.trim();
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight}px`;
  const command = /^\/[a-z0-9_]*$/.test(text.value);
  showMenu(command && matching(text.value).length > 0, text.value);
}

// The menu of commands.

function setCommands(commands) {
  state.commands = commands;
  $("slash").hidden = commands.length === 0;
}

const matching = (prefix) => state.commands.filter(({ command }) => `/${command}`.startsWith(prefix));

function showMenu(open, prefix = "/") {
  $("menu").hidden = !open;
  $("slash").setAttribute("aria-expanded", String(open));
  $("menu").replaceChildren(...(open ? matching(prefix).map(menuItem) : []));
}

function menuItem({ command, description }) {
  const item = element("button", "", element("b", "", `/${command}`), element("span", "", description));
  item.type = "button";
  item.addEventListener("click", () => {
    text.value = "";
    typed();
    acts.send(`/${command}`);
    text.focus();
  });
  return element("li", "", item);
}

$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  sendTyped();
});
text.addEventListener("input", typed);
text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  sendTyped();
});
$("start").addEventListener("click", () => acts.send("/start"));
$("slash").addEventListener("click", () => showMenu($("menu").hidden));
$("down").addEventListener("click", () => toBottom());
scroller.addEventListener("scroll", scrolled, { passive: true });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || $("menu").hidden) return;
  showMenu(false);
  text.focus();
});
document.addEventListener("click", (event) => {
  if (!event.target.closest(".bottom")) showMenu(false);
});
new ResizeObserver(() => state.following && toBottom("instant")).observe(scroller);

setLanguage("uk");
showPresence();
listen();
