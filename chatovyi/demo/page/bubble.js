// One message as DOM nodes. Text from outside only ever becomes text nodes.

const PLAIN = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

const ICONS = {
  outward: "M7 17 17 7M9 7h8v8",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  silent: "M4 4l16 16M9.6 4.6A6 6 0 0 1 18 10v4l1.6 2.4M16 17H5l2-3v-4q0-1 .3-2M10.5 20.5h3",
};

export function element(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

function icon(name) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  line.setAttribute("d", ICONS[name]);
  drawing.append(line);
  return drawing;
}

// `acts` are what the bubble can ask for: send(text), press(message, button, node), copy(text), follow(id).
export function bubble(message, { words, language, acts }) {
  const body = element("div", "body", ...(message.reply_to ? [quoted(message.reply_to, acts)] : []));
  body.append(richText(message.text, message.entities, { words, language, acts }), signature(message, words, language));
  const item = element("li", message.outgoing ? "message theirs" : "message mine", body);
  if (message.keyboard.length) item.append(keyboard(message, words, acts));
  item.dataset.id = message.id;
  return item;
}

export function clock(moment, language) {
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(moment);
}

function signature(message, words, language) {
  const line = element("span", "signature");
  if (message.silent) line.append(element("span", "silent", icon("silent"), element("span", "unseen", words.silent)));
  if (message.edited_at) line.append(element("span", "edited", words.edited));
  const time = element("time", "", clock(new Date(message.sent_at), language));
  time.dateTime = message.sent_at;
  line.append(time);
  return line;
}

function quoted(original, acts) {
  const quote = element("button", "quoted", original.text.replaceAll("\n", " "));
  quote.type = "button";
  quote.addEventListener("click", () => acts.follow(original.id));
  return quote;
}

function keyboard(message, words, acts) {
  const rows = message.keyboard.map((row) =>
    element("div", "row", ...row.map((button) => inlineButton(message, button, words, acts))),
  );
  return element("div", "keyboard", ...rows);
}

function inlineButton(message, button, words, acts) {
  const label = element("span", "label", button.text);
  if (button.kind === "url") {
    const link = outward(button.value, label);
    link.className = `key url ${button.style}`;
    link.append(icon("outward"), element("span", "unseen", ` (${words.opens})`));
    return link;
  }
  const node = element("button", `key ${button.kind} ${button.style}`, label);
  node.type = "button";
  if (button.kind === "copy_text") node.append(icon("copy"));
  node.addEventListener("click", () =>
    button.kind === "copy_text" ? acts.copy(button.value) : acts.press(message, button, node),
  );
  return node;
}

function outward(address, ...children) {
  const link = element("a", "", ...children);
  if (/^(https?|tg):/i.test(address)) link.href = address;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

function richText(text, entities, setting) {
  const whole = element("div", "text");
  fill(whole, text, 0, text.length, entities, setting);
  return whole;
}

// Entities come outer first; one that crosses the end of its parent is cut there and goes on after it.
function fill(parent, text, from, to, entities, setting) {
  const waiting = [...entities];
  let at = from;
  while (waiting.length) {
    const entity = waiting.shift();
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (start >= end) continue;
    parent.append(text.slice(at, start));
    const node = marked(entity, text.slice(start, end), setting);
    const inner = waiting.filter((other) => other.offset < end);
    waiting.splice(0, inner.length, ...inner.filter((other) => other.offset + other.length > end));
    fill(node.inside ?? node, text, start, end, inner, setting);
    parent.append(node);
    at = BLOCKS.has(entity.type) && text[end] === "\n" ? end + 1 : end;
  }
  parent.append(text.slice(at, to));
}

function marked(entity, covered, { words, language, acts }) {
  switch (entity.type) {
    case "text_link":
      return outward(entity.url);
    case "url":
      return outward(covered);
    case "bot_command":
      return command(covered, acts);
    case "spoiler":
      return spoiler(words);
    case "date_time":
      return moment(entity, language);
    case "expandable_blockquote":
      return expandable();
    default:
      return element(PLAIN[entity.type] ?? "span", PLAIN[entity.type] ? "" : entity.type);
  }
}

function command(text, acts) {
  const node = element("button", "command");
  node.type = "button";
  node.addEventListener("click", () => acts.send(text));
  return node;
}

function spoiler(words) {
  const inside = element("span", "inside");
  const node = element("button", "spoiler", inside);
  node.type = "button";
  node.setAttribute("aria-label", words.hidden);
  node.addEventListener("click", () => {
    node.classList.add("shown");
    node.removeAttribute("aria-label");
  });
  return Object.assign(node, { inside });
}

function expandable() {
  const node = element("blockquote", "expandable");
  node.tabIndex = 0;
  const toggle = () => node.classList.toggle("open");
  node.addEventListener("click", (event) => event.target.closest("a, button") || toggle());
  node.addEventListener("keydown", (event) => event.key === "Enter" && toggle());
  return node;
}

// The moment in the reader's own time zone stands in the tooltip; the bot's words stay as they are.
function moment(entity, language) {
  const when = new Date(entity.unix_time * 1000);
  const node = element("time", "moment");
  node.dateTime = when.toISOString();
  node.title = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(when);
  return node;
}
