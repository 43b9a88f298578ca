// Drawing, the same under both cameras: years, links, dots, the veil over what is not near, labels.
// Dots and links are batched a kind a path: ten thousand single strokes would be a slide show.
const FONT = 'Pretendard, "Apple SD Gothic Neo", "Noto Sans KR", "Noto Sans CJK KR", "Malgun Gothic", system-ui, sans-serif';
const SIDES = { project: 4, book: -4, daily: 3, index: 6, attachment: 4, tag: -4, property: -4 };
const HOLLOW = new Set(["placeholder", "tag", "property"]);
const WIDTH = { next: 3.2, contains: 1.2, embed: 1.4, goal: 1.6 };
const DASH = { mention: [3, 4], similar: [2, 5], tag: [1, 4], property: [1, 4] };
const TOP_LABELS = 40; // the best of what is in sight say where one is, however far away the map
const MAX_LABELS = 160; // more than a reader takes in, and 2 ms of measuring

function corners(kind, r) {
  const sides = SIDES[kind];
  if (!sides) return null;
  const n = Math.abs(sides);
  const turn = sides === 4 ? Math.PI / 4 : -Math.PI / 2;
  const reach = n === 3 ? r * 1.25 : n === 4 ? r * 1.2 : r * 1.1;
  return Array.from({ length: n }, (_, k) => {
    const a = turn + (k * 2 * Math.PI) / n;
    return [reach * Math.cos(a), reach * Math.sin(a)];
  });
}

function trace(ctx, kind, x, y, r) {
  const points = corners(kind, r);
  if (!points) {
    ctx.moveTo(x + r, y);
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  points.forEach(([dx, dy], k) => (k ? ctx.lineTo(x + dx, y + dy) : ctx.moveTo(x + dx, y + dy)));
  ctx.closePath();
}

// Size on screen: dots shrink slower than the map, so that from far away they are still dots.
function screenRadius(node, scale) {
  const r = node.r * Math.min(scale ** 0.8, 2.2);
  return Math.max(r, node.kind === "review" ? 6 : node.kind === "section" ? 1.2 : 1.6);
}

function makeScene(graph, filter, state) {
  let ink = readInk();
  const widths = new Map();

  function readInk() {
    const style = getComputedStyle(document.documentElement);
    const get = (name) => style.getPropertyValue(name).trim();
    return {
      bg: get("--bg"), text: get("--ink"), faint: get("--faint"), edge: get("--edge"),
      accent: get("--accent"), veil: get("--veil"), year: get("--year"),
      kind: Object.fromEntries(KINDS.map((k) => [k, get(`--${k}`)])),
    };
  }

  const seen = (v, n, pad) => {
    const x = (n.x - v.x) * v.scale + v.w / 2, y = (n.y - v.y) * v.scale + v.h / 2;
    return x > -pad && y > -pad && x < v.w + pad && y < v.h + pad;
  };
  const sx = (v, x) => (x - v.x) * v.scale + v.w / 2;
  const sy = (v, y) => (y - v.y) * v.scale + v.h / 2;

  function drawYears(ctx, v) {
    const axis = state.upright ? "y" : "x";
    const columns = new Map();
    for (const n of filter.nodes) {
      if (n.kind !== "review" || n.year === null) continue;
      const c = columns.get(n.year) ?? { sum: 0, count: 0 };
      c.sum += n[axis]; c.count++;
      columns.set(n.year, c);
    }
    if (!columns.size) return;
    const at = ([year, c]) => [year, (state.upright ? sy : sx)(v, c.sum / c.count)];
    const rows = [...columns].map(at).sort((a, b) => a[1] - b[1]);
    const step = Math.min(...rows.slice(1).map(([, p], k) => p - rows[k][1]));
    const size = Math.max(11, Math.min(40, step * 0.24));
    ctx.font = `700 ${size}px ${FONT}`;
    ctx.textAlign = state.upright ? "left" : "center"; ctx.textBaseline = state.upright ? "bottom" : "top";
    ctx.fillStyle = ctx.strokeStyle = ink.year; ctx.lineWidth = 1;
    for (const [year, p] of rows) {
      ctx.beginPath();
      if (state.upright) {
        ctx.fillText(String(year), 12, p - 2);
        ctx.moveTo(0, p); ctx.lineTo(v.w, p);
      } else {
        ctx.fillText(String(year), p, v.top - YEAR_HEIGHT + 4);
        ctx.moveTo(p, v.top - YEAR_HEIGHT + 8 + size); ctx.lineTo(p, v.h - v.bottom);
      }
      ctx.stroke();
    }
  }

  function strokeEdge(ctx, v, e) {
    const x1 = sx(v, e.from.x), y1 = sy(v, e.from.y), x2 = sx(v, e.to.x), y2 = sy(v, e.to.y);
    ctx.moveTo(x1, y1);
    if (e.kind === "next") {
      // The years are one line through the map: bent with the way of time, never a zigzag.
      const bx = state.upright ? 0 : (x2 - x1) * 0.45, by = state.upright ? (y2 - y1) * 0.45 : 0;
      ctx.bezierCurveTo(x1 + bx, y1 + by, x2 - bx, y2 - by, x2, y2);
    } else ctx.lineTo(x2, y2);
  }

  function drawEdges(ctx, v) {
    const groups = new Map();
    for (const e of filter.edges) {
      if (!seen(v, e.from, 400) && !seen(v, e.to, 400)) continue;
      if (!groups.has(e.kind)) groups.set(e.kind, []);
      groups.get(e.kind).push(e);
    }
    const many = filter.edges.length > 4000;
    for (const kind of [...EDGE_KINDS].reverse()) {
      const edges = groups.get(kind);
      if (!edges) continue;
      ctx.beginPath();
      for (const e of edges) strokeEdge(ctx, v, e);
      ctx.setLineDash(DASH[kind] ?? []);
      ctx.lineWidth = (WIDTH[kind] ?? 1) * (many ? 0.6 : Math.min(1.2, Math.max(0.7, v.scale)));
      ctx.strokeStyle = kind === "next" || kind === "contains" ? ink.kind.review : kind === "goal" ? ink.kind.project : ink.edge;
      ctx.globalAlpha = kind === "next" ? 0.75 : kind === "contains" ? 0.4 : many ? 0.28 : 0.8;
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
    ctx.setLineDash([]);
  }

  function drawDots(ctx, v, nodes) {
    const groups = new Map();
    let inSight = 0;
    for (const n of nodes) {
      if (!seen(v, n, 60)) continue;
      if (!groups.has(n.kind)) groups.set(n.kind, []);
      groups.get(n.kind).push(n);
      inSight++;
    }
    const rim = inSight < 2500; // past that the rims alone would be most of the frame
    for (const kind of [...KINDS].reverse()) {
      const group = groups.get(kind);
      if (!group) continue;
      ctx.beginPath();
      for (const n of group) {
        const r = screenRadius(n, v.scale), x = sx(v, n.x), y = sy(v, n.y);
        if (r < 2.2 && !rim) ctx.rect(x - r, y - r, 2 * r, 2 * r);
        else trace(ctx, kind, x, y, r);
      }
      ctx.fillStyle = HOLLOW.has(kind) ? ink.bg : ink.kind[kind];
      ctx.strokeStyle = HOLLOW.has(kind) ? ink.kind[kind] : ink.bg;
      ctx.lineWidth = 1.5;
      ctx.setLineDash(kind === "placeholder" && v.scale > 0.6 ? [3, 2] : []);
      if (rim || HOLLOW.has(kind)) ctx.stroke();
      ctx.fill();
      ctx.setLineDash([]);
      if (kind === "review") drawRings(ctx, v, group);
    }
  }

  function drawRings(ctx, v, group) {
    ctx.textAlign = "center"; ctx.textBaseline = "middle";
    for (const n of group) {
      const r = screenRadius(n, v.scale), x = sx(v, n.x), y = sy(v, n.y);
      ctx.beginPath();
      ctx.arc(x, y, r + 3, 0, 2 * Math.PI);
      ctx.strokeStyle = ink.kind.review; ctx.lineWidth = 1.5; ctx.stroke();
      if (r < 10 || n.year === null) continue;
      ctx.font = `700 ${Math.round(r * 0.82)}px ${FONT}`;
      ctx.fillStyle = ink.bg;
      ctx.fillText(`’${String(n.year).slice(-2)}`, x, y + 0.5);
    }
  }

  function drawEgo(ctx, v, node) {
    ctx.fillStyle = ink.veil;
    ctx.fillRect(0, 0, v.w, v.h);
    const own = new Set([node, ...node.sections]);
    const edges = new Set([...own].flatMap((n) => n.edges).filter((e) => e.from.shown && e.to.shown));
    const near = new Set(own);
    for (const e of edges) { near.add(e.from); near.add(e.to); }
    // A section alone says little: the review that it belongs to is lit with it.
    for (const n of [...near]) if (n.parent?.shown) near.add(n.parent);
    ctx.lineWidth = 1.6;
    for (const out of [false, true]) {
      ctx.beginPath();
      for (const e of edges) if (own.has(e.from) === out) strokeEdge(ctx, v, e);
      ctx.strokeStyle = out ? ink.kind[node.kind] : ink.text;
      ctx.globalAlpha = out ? 0.9 : 0.5;
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
    if (v.scale > 0.35) for (const e of edges) if (e.kind !== "contains" && e.kind !== "next") drawHead(ctx, v, e, own.has(e.from) ? ink.kind[node.kind] : ink.text);
    drawDots(ctx, v, [...near].filter((n) => n.shown));
    return near;
  }

  function drawHead(ctx, v, e, colour) {
    const x1 = sx(v, e.from.x), y1 = sy(v, e.from.y), x2 = sx(v, e.to.x), y2 = sy(v, e.to.y);
    const a = Math.atan2(y2 - y1, x2 - x1), gap = screenRadius(e.to, v.scale) + 2;
    const x = x2 - gap * Math.cos(a), y = y2 - gap * Math.sin(a);
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x - 8 * Math.cos(a - 0.4), y - 8 * Math.sin(a - 0.4));
    ctx.lineTo(x - 8 * Math.cos(a + 0.4), y - 8 * Math.sin(a + 0.4));
    ctx.fillStyle = colour;
    ctx.fill();
  }

  function drawMark(ctx, v, node) {
    const r = screenRadius(node, v.scale) + (node.kind === "review" ? 7 : 4);
    ctx.beginPath();
    ctx.arc(sx(v, node.x), sy(v, node.y), r, 0, 2 * Math.PI);
    ctx.strokeStyle = ink.accent; ctx.lineWidth = 2.5; ctx.stroke();
  }

  // Labels: best ranked first, each where nothing stands yet; what finds no room stays unsaid.
  function drawLabels(ctx, v, nodes, always) {
    const taken = new Map();
    const cells = (b, f) => {
      for (let i = Math.floor(b[0] / 64); i <= Math.floor(b[2] / 64); i++)
        for (let j = Math.floor(b[1] / 64); j <= Math.floor(b[3] / 64); j++) if (f(i * 4096 + j)) return true;
      return false;
    };
    const claim = (b) => cells(b, (key) => { (taken.get(key) ?? taken.set(key, []).get(key)).push(b); });
    const free = (b) => !cells(b, (key) => (taken.get(key) ?? []).some((o) => b[0] < o[2] && o[0] < b[2] && b[1] < o[3] && o[1] < b[3]));
    // A dot is in the way of a label; a section is not: where it stands is the label of its review.
    for (const n of nodes.slice(0, 400)) {
      if (n.kind === "section" || !seen(v, n, 0)) continue;
      const r = screenRadius(n, v.scale) * 0.8, x = sx(v, n.x), y = sy(v, n.y);
      if (r > 3) claim([x - r, y - r, x + r, y + r]);
    }
    ctx.textAlign = "center"; ctx.textBaseline = "alphabetic"; ctx.lineJoin = "round";
    let count = 0;
    for (const n of nodes) {
      if (count >= MAX_LABELS) break;
      if (!seen(v, n, 20)) continue;
      const r = screenRadius(n, v.scale);
      const must = always?.has(n);
      if (!must && (n.kind === "section" ? v.scale < 0.9 : count >= TOP_LABELS && r < 3)) continue;
      const size = n.kind === "review" ? (v.w < 720 ? 13 : 15) : n.kind === "section" ? 11 : n.edges.length > 7 ? 13 : 12;
      const font = `${n.kind === "review" ? 700 : n.edges.length > 7 ? 600 : 500} ${size}px ${FONT}`;
      const text = shorten(n.title);
      const width = measure(ctx, font, text);
      const x = sx(v, n.x), y = sy(v, n.y), far = n.sections.length ? Math.max(r + 7, 36 * v.scale) : r + (n.kind === "review" ? 7 : 4);
      const spots = [[x, y + far + size * 0.85], [x, y - far - 2], [x + far + width / 2, y + size * 0.36], [x - far - width / 2, y + size * 0.36]];
      const spot = spots.find(([cx, base]) => (must || (cx - width / 2 > 2 && cx + width / 2 < v.w - 2)) && free([cx - width / 2 - 3, base - size, cx + width / 2 + 3, base + size * 0.3]));
      if (!spot) continue;
      claim([spot[0] - width / 2 - 3, spot[1] - size, spot[0] + width / 2 + 3, spot[1] + size * 0.3]);
      ctx.font = font;
      ctx.strokeStyle = ink.bg; ctx.lineWidth = 4; ctx.strokeText(text, ...spot);
      ctx.fillStyle = n.kind === "section" || n.kind === "placeholder" ? ink.faint : ink.text;
      ctx.fillText(text, ...spot);
      count++;
    }
  }

  function measure(ctx, font, text) {
    const key = font + text;
    let width = widths.get(key);
    if (width === undefined) {
      ctx.font = font;
      widths.set(key, (width = ctx.measureText(text).width));
    }
    return width;
  }

  return {
    recolour() { ink = readInk(); },
    draw(ctx, v) {
      const ratio = ctx.canvas.width / v.w;
      ctx.save();
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      ctx.clearRect(0, 0, v.w, v.h);
      drawYears(ctx, v);
      drawEdges(ctx, v);
      drawDots(ctx, v, filter.nodes);
      const focus = state.hover ?? state.selected;
      let near = null;
      if (focus?.shown) near = drawEgo(ctx, v, focus);
      if (state.selected?.shown) drawMark(ctx, v, state.selected);
      if (near) {
        const first = [focus, ...[...near].filter((n) => n !== focus).sort((a, b) => rank(b) - rank(a))];
        drawLabels(ctx, v, first, near);
      } else drawLabels(ctx, v, graph.ranked.filter((n) => n.shown), null);
      ctx.restore();
    },
    // The dot under a point of the screen; a finger is given more room than a mouse.
    at(v, px, py, reach) {
      let best = null, least = Infinity;
      for (const n of filter.nodes) {
        const d = Math.hypot(sx(v, n.x) - px, sy(v, n.y) - py) - screenRadius(n, v.scale);
        if (d < reach && d < least) { best = n; least = d; }
      }
      return best;
    },
  };
}

function shorten(title) {
  const flat = title.replace(/\s+/gu, " ").trim();
  let width = 0, out = "";
  for (const c of flat) {
    width += c.codePointAt(0) > 0x1100 ? 2 : 1;
    if (width > 30) return `${out.trimEnd()}…`;
    out += c;
  }
  return out;
}
