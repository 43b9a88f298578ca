// The notes' texts: compressed in parts of 200, unpacked when the first of a part is opened. What
// comes out is HTML that was cleaned when the page was made; it is still built anew here, element by
// element from a fixed list, so that nothing but these can stand in the page.
const TAGS = new Set(["P", "UL", "OL", "LI", "H1", "H2", "H3", "H4", "H5", "H6", "BLOCKQUOTE", "PRE", "CODE", "EM", "STRONG", "S", "DEL",
  "MARK", "SUB", "SUP", "KBD", "U", "BR", "HR", "TABLE", "THEAD", "TBODY", "TR", "TH", "TD", "DIV", "SPAN", "DETAILS", "SUMMARY"]);
const CLASSES = /^(?:link|ext|embed|callout|callout-title|math|tag|task|done|missing|c-[a-z]+|cut)$/u;

// JSON out of an element that holds it as gzip in base64.
export async function unpacked(node) {
  const bytes = Uint8Array.from(atob(node.textContent.trim()), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

export function makeBodies(doc, perPart) {
  const parts = new Map(), ready = new Map();
  const unpack = async (part) => {
    const node = doc.getElementById(`bodies-${part}`);
    if (!node) return [];
    const list = await unpacked(node);
    list.forEach((html, k) => { if (html) ready.set(part * perPart + k, { html, text: null, plain: null }); });
    return list;
  };
  const load = (part) => { if (!parts.has(part)) parts.set(part, unpack(part)); return parts.get(part); };
  const count = doc.querySelectorAll("script[id^=bodies-]").length;
  return {
    count,
    has: count > 0,
    // rank: the note's place among the notes of the page, in the order in which they are packed.
    async html(rank) { if (rank < 0 || !count) return null; await load(Math.floor(rank / perPart)); return ready.get(rank)?.html ?? null; },
    async all() { await Promise.all([...Array(count).keys()].map(load)); },
    plain(rank) {
      const body = ready.get(rank);
      if (!body) return null;
      body.text ??= plainText(body.html);
      body.plain ??= body.text.toLowerCase();
      return body;
    },
  };
}

function plainText(html) {
  const text = html.replace(/<[^>]*>/gu, " ").replace(/&(lt|gt|amp|quot|#39);/gu, (_, name) => ({ lt: "<", gt: ">", amp: "&", quot: '"', "#39": "'" })[name]);
  return text.normalize("NFC");
}

// make(row, text, kind): the button that a link becomes.
export function build(html, makeLink) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const copy = (from, to) => {
    for (const child of from.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) { to.append(child.data); continue; }
      if (child.nodeType !== Node.ELEMENT_NODE) continue;
      if (!TAGS.has(child.tagName)) { copy(child, to); continue; }
      const row = child.getAttribute("data-row");
      if (child.tagName === "SPAN" && row !== null && /^\d+$/u.test(row)) { to.append(makeLink(Number(row), child.textContent, child)); continue; }
      const made = document.createElement(child.tagName);
      for (const name of child.classList) if (CLASSES.test(name)) made.classList.add(name);
      if (/^\d+$/u.test(child.getAttribute("data-line") ?? "")) made.dataset.line = child.getAttribute("data-line");
      if (child.classList.contains("ext") && child.title) made.title = child.title.slice(0, 500);
      if (["H1", "H2", "H3", "H4", "H5", "H6", "P", "LI", "BLOCKQUOTE", "TD", "TH", "SUMMARY"].includes(child.tagName)) made.dir = "auto";
      copy(child, made);
      if (made.tagName === "P" && !made.childNodes.length) continue;
      to.append(made);
    }
  };
  const box = document.createDocumentFragment();
  copy(parsed.body, box);
  return box;
}
