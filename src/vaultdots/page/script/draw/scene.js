// What a moment looks like: the map at rest, and over it what is hovered, opened, or on a path.
import { CONTAINS, EDGE_KINDS, SECTION } from "../core/graph.js";
import { anchors, ego, GHOST, SHOWN } from "../core/select.js";
import { drawBands, drawYears, nameBoxes } from "./axis.js";
import { communityMap, discRadius, drawCommunities, FOLD_AT } from "./communities.js";
import { drawDots, drawHubs, drawMark, radiusOf } from "./dots.js";
import { drawEdges, drawHead, haze, strokeEdge } from "./edges.js";
import { makeGrid } from "./grid.js";
import { FONT } from "./ink.js";
import { drawLabels, makeRoom, ranked } from "./labels.js";
import { sx, sy, ux, uy } from "./scale.js";

const EGO_MOST = 60, EGO_BEST = 24; // of more neighbours than 60 the 24 best are drawn, and a number
const UNFOLD_SCALE = 1.25; // from here on every review shows its sections
const NEXT = EDGE_KINDS.indexOf("next");
const GHOSTLY = 0.35, DIMMED = 0.16;
const ARC_LIFT = 64; // px that an arc may rise: no more than the head of the columns is high

// scene holds what is shown: {selection, pos, look, emphasis, view, upright, words}; set by main.
export function makeScene(g, ink) {
  const scene = {
    ink, selection: null, pos: null, look: null, emphasis: null, view: "map", upright: false, words: null,
    open: null, hover: null, fade: 0, path: null, axis: g.axis, shelves: [], lifted: null, hint: null, beside: null, near: false,
  };
  let grid = null, order = null, folded = null, communities = null;

  // Around one note its own sections are enough.
  const isClose = (scale) => scale >= UNFOLD_SCALE && !scene.near;
  const isUnfolded = (home, scale) => isClose(scale) || home === homeOf(scene.open) || home === homeOf(scene.hover);
  const homeOf = (row) => (row === null ? -1 : g.home[row]);
  const isDrawn = (row, unfolded) => scene.selection.shown[row] && (g.kind[row] !== SECTION || (scene.view === "map" && unfolded(g.home[row])));

  function inSight(cam) {
    let count = 0;
    for (let row = 0; row < g.n; row++) {
      if (scene.selection.shown[row] !== SHOWN || g.home[row] !== row) continue;
      const x = sx(cam, scene.pos.x[row]), y = sy(cam, scene.pos.y[row]);
      if (x > 0 && y > 0 && x < cam.w && y < cam.h) count++;
    }
    return count;
  }

  // The map at rest; returns how many things were drawn.
  function base(ctx, cam) {
    const { selection, pos, look } = scene;
    const unfolded = (home) => isClose(cam.scale) || home === homeOf(scene.open);
    look.unfolded = unfolded;
    ground(ctx, cam);
    const shown = [], ghosts = [], dim = [];
    for (let row = 0; row < g.n; row++) {
      if (!isDrawn(row, unfolded) || row === scene.lifted) continue;
      if (selection.shown[row] === GHOST) ghosts.push(row);
      else if (scene.emphasis && !scene.emphasis.has(g.home[row])) dim.push(row);
      else shown.push(row);
    }
    folded = scene.view === "map" && inSight(cam) > FOLD_AT;
    if (folded) {
      communities ??= communityMap(g, selection, pos);
      drawDots(ctx, g, look, pos, cam, shown, scene.ink, 0.5);
      drawCommunities(ctx, cam, communities, scene.ink, scene.words, (one) => look.colour(one.rows[0]));
      return shown.length;
    }
    const anchor = anchors(g, scene.view === "map" ? unfolded : () => false);
    const { drawn, hubs } = haze(g, selection, anchor, pos, cam, 300);
    const mine = scene.lifted === null ? drawn : drawn.filter(([, a, b]) => a !== scene.lifted && b !== scene.lifted);
    // What is not meant recedes with its links.
    if (scene.emphasis) for (const one of mine) if (!scene.emphasis.has(g.home[one[1]]) && !scene.emphasis.has(g.home[one[2]])) one[3] *= DIMMED;
    ctx.globalAlpha = 1;
    if (scene.view === "years") drawArcs(ctx, cam); else drawEdges(ctx, g, selection, pos, cam, mine, scene.ink, scene.upright);
    drawDots(ctx, g, look, pos, cam, ghosts, scene.ink, GHOSTLY);
    drawDots(ctx, g, look, pos, cam, dim, scene.ink, DIMMED);
    drawDots(ctx, g, look, pos, cam, shown, scene.ink);
    drawHubs(ctx, g, look, pos, cam, [...hubs].filter((row) => selection.shown[row]), scene.ink);
    const room = makeRoom();
    for (const box of nameBoxes(cam, scene.axis, scene.upright)) room.claim(box);
    drawShelves(ctx, cam, room);
    order ??= ranked(g, notes());
    const listed = order.filter((row) => row !== scene.lifted && selection.shown[row] === SHOWN && isDrawn(row, unfolded) && (!scene.emphasis || scene.emphasis.has(g.home[row])));
    const beside = roomBeside(cam);
    drawLabels(ctx, g, look, pos, cam, beside ? listed.sort((a, b) => pos.y[a] - pos.y[b]) : listed, scene.ink, { beside, room });
    return shown.length + mine.length;
  }

  const roomBeside = (cam) => (scene.view === "years" && scene.beside ? (row) => scene.beside[row] * cam.scale : null);

  function notes() {
    const rows = [];
    for (let row = 0; row < g.n; row++) if (scene.selection.shown[row]) rows.push(row);
    return rows;
  }

  function ground(ctx, cam) {
    ctx.globalAlpha = 1;
    ctx.fillStyle = scene.ink.bg;
    ctx.fillRect(0, 0, cam.w, cam.h);
    drawBands(ctx, cam, scene.axis, scene.ink, scene.upright);
  }

  // Notes without links stand in their year's column; how many, is written under them.
  function drawShelves(ctx, cam, room) {
    if (scene.view !== "map") return;
    ctx.textAlign = "center"; ctx.textBaseline = "top"; ctx.fillStyle = scene.ink.faint; ctx.font = `500 11px ${FONT}`;
    for (const shelf of scene.shelves) {
      const rows = shelf.rows.filter((row) => scene.selection.shown[row] === SHOWN);
      if (rows.length < 3 || cam.scale < 0.12) continue;
      const x = rows.reduce((sum, row) => sum + scene.pos.x[row], 0) / rows.length, y = Math.max(...rows.map((row) => scene.pos.y[row]));
      const text = scene.words.folded(rows.length), left = sx(cam, x), top = sy(cam, y) + 12, half = ctx.measureText(text).width / 2 + 4;
      room.claim([left - half, top - 2, left + half, top + 14]);
      ctx.fillText(text, left, top);
    }
  }

  // In the columns of the years only what crosses them is drawn: two years or more, as an arc.
  function drawArcs(ctx, cam) {
    const { selection } = scene, seen = new Set();
    ctx.lineWidth = 1.2;
    for (const e of selection.edges) {
      const a = g.home[g.from[e]], b = g.home[g.to[e]], years = Math.abs(g.year[a] - g.year[b]), key = Math.min(a, b) * g.n + Math.max(a, b);
      if (g.edgeKind[e] === CONTAINS || g.year[a] <= 0 || g.year[b] <= 0 || years < 2 || seen.has(key)) continue;
      seen.add(key);
      ctx.beginPath();
      arc(ctx, cam, a, b);
      ctx.strokeStyle = scene.ink.kind.review; ctx.globalAlpha = Math.min(0.4, 0.06 + years * 0.05) * (selection.shown[a] === SHOWN && selection.shown[b] === SHOWN ? 1 : GHOSTLY);
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
  }

  function arc(ctx, cam, a, b) {
    const { pos } = scene;
    const x1 = sx(cam, pos.x[a]), y1 = sy(cam, pos.y[a]), x2 = sx(cam, pos.x[b]), y2 = sy(cam, pos.y[b]);
    const lift = Math.min(ARC_LIFT, Math.abs(scene.upright ? y2 - y1 : x2 - x1) * 0.16);
    ctx.moveTo(x1, y1);
    if (scene.upright) ctx.bezierCurveTo(x1 + lift, y1 + (y2 - y1) * 0.25, x2 + lift, y2 - (y2 - y1) * 0.25, x2, y2);
    else ctx.bezierCurveTo(x1 + (x2 - x1) * 0.25, y1 - lift, x2 - (x2 - x1) * 0.25, y2 - lift, x2, y2);
  }

  function live(ctx, cam) {
    ctx.globalAlpha = 1;
    if (scene.view !== "goals") drawYears(ctx, cam, scene.axis, scene.ink, scene.upright, scene.words.undated);
    if (scene.lifted !== null) drawLifted(ctx, cam);
    const focus = scene.hover ?? scene.open;
    if (scene.path) drawPath(ctx, cam);
    else if (focus !== null && scene.selection.shown[focus] && !(scene.near && scene.hover === null)) drawEgo(ctx, cam, focus, scene.hover !== null ? scene.fade : 1);
    if (scene.open !== null && scene.selection.shown[scene.open]) drawMark(ctx, g, scene.look, scene.pos, cam, visible(scene.open, cam), scene.ink);
  }

  const visible = (row, cam) => (g.kind[row] === SECTION && (scene.view !== "map" || !isUnfolded(g.home[row], cam.scale)) ? g.home[row] : row);

  function drawLifted(ctx, cam) {
    const { pos, look, lifted } = scene;
    ctx.beginPath();
    for (const e of ego(g, lifted, scene.selection).edges) {
      const a = visible(g.from[e], cam), b = visible(g.to[e], cam);
      if (a !== b) strokeEdge(ctx, cam, pos, a, b, false, false);
    }
    ctx.strokeStyle = scene.ink.edge; ctx.lineWidth = 1; ctx.stroke();
    drawDots(ctx, g, look, pos, cam, [lifted], scene.ink);
    drawLabels(ctx, g, look, pos, cam, [lifted], scene.ink, { must: new Set([lifted]) });
  }

  function drawEgo(ctx, cam, focus, strength) {
    const { pos, look, selection } = scene, { ink } = scene;
    const around = ego(g, focus, selection);
    const show = (row) => visible(row, cam);
    let near = [...around.rows].filter((row) => selection.shown[row]);
    let rest = 0;
    const others = near.filter((row) => !around.own.has(row));
    if (others.length > EGO_MOST) {
      const best = new Set(ranked(g, others).slice(0, EGO_BEST));
      for (const row of [...best]) best.add(g.home[row]);
      rest = others.length - EGO_BEST;
      near = near.filter((row) => around.own.has(row) || best.has(row));
    }
    const kept = new Set(near), lit = [...new Set(near.map(show))];
    ctx.globalAlpha = strength;
    ctx.fillStyle = ink.veil;
    ctx.fillRect(0, 0, cam.w, cam.h);
    if (scene.view !== "goals") drawYears(ctx, cam, scene.axis, ink, scene.upright, scene.words.undated);
    look.unfolded = (home) => isUnfolded(home, cam.scale);
    const colour = look.colour(focus) === ink.other ? ink.text : look.colour(focus);
    ctx.lineWidth = 1.6;
    const heads = [];
    for (const out of [false, true]) {
      ctx.beginPath();
      for (const e of around.edges) {
        if (!kept.has(g.from[e]) || !kept.has(g.to[e]) || around.own.has(g.from[e]) !== out) continue;
        const a = show(g.from[e]), b = show(g.to[e]);
        if (a === b) continue;
        if (scene.view === "years" && g.edgeKind[e] !== CONTAINS) arc(ctx, cam, a, b);
        else strokeEdge(ctx, cam, pos, a, b, g.edgeKind[e] === NEXT, scene.upright);
        if (g.edgeKind[e] !== CONTAINS && g.edgeKind[e] !== NEXT && scene.view === "map") heads.push([a, b, out]);
      }
      ctx.strokeStyle = out ? colour : ink.text;
      ctx.globalAlpha = (out ? 0.9 : 0.45) * strength;
      ctx.stroke();
    }
    if (scene.hint !== null) drawHint(ctx, cam, around.edges, show);
    ctx.globalAlpha = strength;
    if (cam.scale > 0.3) for (const [a, b, out] of heads) drawHead(ctx, cam, pos, a, b, radiusOf(g, look, b, cam.scale) + 2, out ? colour : ink.text);
    drawDots(ctx, g, look, pos, cam, lit, ink, strength);
    const first = [show(focus), ...ranked(g, lit.filter((row) => row !== show(focus)))];
    ctx.globalAlpha = strength;
    if (strength > 0.5) drawLabels(ctx, g, look, pos, cam, first, ink, { must: new Set(lit.length > 40 ? [show(focus)] : lit.filter((row) => g.kind[row] !== SECTION || row === focus)), beside: roomBeside(cam) });
    if (rest) {
      const x = sx(cam, pos.x[show(focus)]), y = sy(cam, pos.y[show(focus)]);
      ctx.font = `700 13px ${FONT}`; ctx.textAlign = "left"; ctx.textBaseline = "middle"; ctx.fillStyle = colour;
      ctx.fillText(scene.words.others(rest), x + 16, y - 14);
    }
    ctx.globalAlpha = 1;
  }

  // A line of the text is pointed at: the edge that it makes.
  function drawHint(ctx, cam, edges, show) {
    ctx.beginPath();
    for (const e of edges) if (g.home[g.to[e]] === scene.hint || g.home[g.from[e]] === scene.hint) {
      const a = show(g.from[e]), b = show(g.to[e]);
      if (a !== b) strokeEdge(ctx, cam, scene.pos, a, b, false, false);
    }
    ctx.lineWidth = 3.5; ctx.strokeStyle = scene.ink.accent; ctx.globalAlpha = 1; ctx.stroke();
  }

  function drawPath(ctx, cam) {
    const { pos, look, path } = scene, { ink } = scene;
    ctx.fillStyle = ink.veil; ctx.fillRect(0, 0, cam.w, cam.h);
    ctx.beginPath();
    for (let k = 1; k < path.length; k++) strokeEdge(ctx, cam, pos, path[k - 1], path[k], false, false);
    ctx.lineWidth = 3; ctx.strokeStyle = ink.kind.review; ctx.stroke();
    drawDots(ctx, g, look, pos, cam, path, ink);
    drawLabels(ctx, g, look, pos, cam, path, ink, { must: new Set(path), beside: roomBeside(cam) });
  }

  return Object.assign(scene, {
    base, live, ground, isUnfolded,
    // The selection or the places changed: what was worked out from them is forgotten.
    changed() { grid = null; order = null; communities = null; },
    // The dot, or the community, under a point of the screen; a finger is given more room than a mouse.
    at(cam, px, py, reach) {
      const unfolded = (home) => isUnfolded(home, cam.scale);
      grid ??= makeGrid(scene.pos, notes());
      const far = (row) => (isDrawn(row, unfolded)
        ? Math.hypot(sx(cam, scene.pos.x[row]) - px, sy(cam, scene.pos.y[row]) - py) - radiusOf(g, scene.look, row, cam.scale) : Infinity);
      const { row, distance } = grid(ux(cam, px), uy(cam, py), (reach + 40) / cam.scale, far);
      return row !== null && distance < reach ? row : null;
    },
    communityAt(cam, px, py) {
      if (!folded || !communities) return null;
      return communities.list.find((one) => Math.hypot(sx(cam, one.x) - px, sy(cam, one.y) - py) < discRadius(cam, one)) ?? null;
    },
    // The dots that the keyboard walks through: those in sight, best first.
    walkable(cam) {
      const unfolded = (home) => isUnfolded(home, cam.scale);
      return ranked(g, notes().filter((row) => isDrawn(row, unfolded)));
    },
  });
}
