// The same fifteen calls as a canvas, written as SVG: what is on the screen, for a file.
const n = (x) => String(Math.round(x * 100) / 100);
const esc = (text) => String(text).replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
  .replace(/[&<>"']/gu, (c) => `&#${c.charCodeAt(0)};`);

export function svgSurface(w, h, measurer) {
  const out = [];
  let d = "";
  const self = {
    canvas: { width: w, height: h }, fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, font: "12px sans-serif",
    textAlign: "left", textBaseline: "alphabetic", lineJoin: "miter", lineCap: "butt", dash: [],
    save() {}, restore() {}, setTransform() {}, clearRect() {},
    beginPath() { d = ""; },
    moveTo(x, y) { d += `M${n(x)} ${n(y)}`; },
    lineTo(x, y) { d += `L${n(x)} ${n(y)}`; },
    bezierCurveTo(a, b, c, e, x, y) { d += `C${n(a)} ${n(b)} ${n(c)} ${n(e)} ${n(x)} ${n(y)}`; },
    closePath() { d += "Z"; },
    rect(x, y, a, b) { d += `M${n(x)} ${n(y)}h${n(a)}v${n(b)}h${n(-a)}Z`; },
    arc(x, y, r, from, to) {
      if (to - from >= 2 * Math.PI - 1e-6) { d += `M${n(x + r)} ${n(y)}A${n(r)} ${n(r)} 0 1 1 ${n(x - r)} ${n(y)}A${n(r)} ${n(r)} 0 1 1 ${n(x + r)} ${n(y)}`; return; }
      const start = `${n(x + r * Math.cos(from))} ${n(y + r * Math.sin(from))}`;
      d += `${d ? "L" : "M"}${start}A${n(r)} ${n(r)} 0 ${to - from > Math.PI ? 1 : 0} 1 ${n(x + r * Math.cos(to))} ${n(y + r * Math.sin(to))}`;
    },
    setLineDash(dash) { self.dash = dash; },
    fill() { if (d) out.push(`<path d="${d}" fill="${esc(self.fillStyle)}"${alpha()}/>`); },
    stroke() { if (d) out.push(`<path d="${d}" fill="none" stroke="${esc(self.strokeStyle)}" stroke-width="${n(self.lineWidth)}"${self.dash.length ? ` stroke-dasharray="${self.dash.join(" ")}"` : ""}${alpha()}/>`); },
    fillRect(x, y, a, b) { out.push(`<rect x="${n(x)}" y="${n(y)}" width="${n(a)}" height="${n(b)}" fill="${esc(self.fillStyle)}"${alpha()}/>`); },
    fillText(text, x, y) { out.push(words(text, x, y, `fill="${esc(self.fillStyle)}"`)); },
    strokeText(text, x, y) { out.push(words(text, x, y, `fill="none" stroke="${esc(self.strokeStyle)}" stroke-width="${n(self.lineWidth)}" stroke-linejoin="round"`)); },
    measureText(text) { measurer.font = self.font; return measurer.measureText(text); },
    text: () => `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}">${out.join("")}</svg>\n`,
  };
  const alpha = () => (self.globalAlpha < 1 ? ` opacity="${n(self.globalAlpha)}"` : "");
  const words = (text, x, y, ink) => {
    const [, weight, size, family] = /^(\d+) ([\d.]+)px (.*)$/u.exec(self.font) ?? [null, "400", "12", "sans-serif"];
    const down = { top: Number(size) * 0.85, middle: Number(size) * 0.35 }[self.textBaseline] ?? 0;
    const anchor = { center: "middle", right: "end" }[self.textAlign] ?? "start";
    return `<text x="${n(x)}" y="${n(y + down)}" font-family="${esc(family)}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" ${ink}${alpha()}>${esc(text)}</text>`;
  };
  return self;
}
