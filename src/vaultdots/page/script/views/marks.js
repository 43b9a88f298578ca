// The marks of a goal's fate: the shape says it as well as the colour.
import { svg } from "../core/dom.js";

const SHAPES = {
  kept: [["circle", { r: 6, class: "full" }], ["path", { d: "M-2.8 .2-.8 2.300 3-2.200", class: "cut" }]],
  partly: [["circle", { r: 6, class: "empty" }], ["path", { d: "M0-6A6 6 0 0 1 0 6Z", class: "full bare" }]],
  carried: [["circle", { r: 6, class: "empty" }], ["path", { d: "M-3 0H2.500M0.300-2.300 2.800 0 0.300 2.300", class: "line" }]],
  dropped: [["circle", { r: 6, class: "empty" }], ["path", { d: "M-2.400-2.400 2.400 2.400M2.400-2.400-2.400 2.400", class: "line" }]],
  unknown: [["circle", { r: 6, class: "empty dotted" }], ["path", { d: "M-1.800-1.200A1.900 1.900 0 1 1 0.500 0.600L0 1.500M0 3.300V3.400", class: "line" }]],
  open: [["circle", { r: 5.5, class: "empty" }]],
};

export const fateShape = (status) => svg("g", { class: `mark f-${status}` }, (SHAPES[status] ?? SHAPES.unknown).map(([tag, props]) => svg(tag, props)));
export const fateMark = (status) => svg("svg", { viewBox: "-8 -8 16 16", width: 16, height: 16, class: "fatemark", "aria-hidden": "true" }, fateShape(status));
