// vis-network as the camera: pan, zoom, touch, dragging a dot. It draws nothing itself: each dot is
// a custom shape without ink, and the scene is painted when vis asks for what comes on top.
function visStage(box, graph, filter, paint, events) {
  const data = new vis.DataSet(graph.nodes.map((n) => ({ id: n.row, x: n.x, y: n.y, r: n.r })));
  const view = new vis.DataView(data, { filter: (item) => graph.nodes[item.id].shown });
  const ghost = ({ id }) => {
    const side = 2 * graph.nodes[id].r;
    return { drawNode() {}, nodeDimensions: { width: side, height: side } };
  };
  const coarse = matchMedia("(pointer: coarse)").matches;
  const network = new vis.Network(box, { nodes: view, edges: [] }, {
    physics: false, autoResize: true,
    layout: { improvedLayout: false },
    nodes: { shape: "custom", ctxRenderer: ghost, chosen: false },
    // A finger that lands on a dot means to move the map.
    interaction: { dragNodes: !coarse, hover: false, keyboard: false, selectable: true, multiselect: false, zoomSpeed: 0.7 },
  });
  const camera = () => {
    const { x, y } = network.getViewPosition();
    return { x, y, scale: network.getScale(), w: box.clientWidth, h: box.clientHeight };
  };
  network.on("afterDrawing", (ctx) => paint(ctx, camera()));
  network.on("click", ({ pointer }) => events.tap(pointer.DOM.x, pointer.DOM.y));
  network.on("doubleClick", ({ pointer }) => events.zoomAt(pointer.DOM.x, pointer.DOM.y));
  network.on("dragStart", () => events.drag(true));
  network.on("dragging", ({ nodes }) => {
    for (const [row, at] of Object.entries(network.getPositions(nodes))) Object.assign(graph.nodes[row], at);
  });
  network.on("dragEnd", () => { network.unselectAll(); events.drag(false); });
  network.on("zoom", () => {
    const scale = Math.min(MAX_SCALE, Math.max(MIN_SCALE, network.getScale()));
    if (scale !== network.getScale()) network.moveTo({ scale });
    events.moved();
  });
  return {
    camera,
    redraw: () => network.redraw(),
    moved: () => { data.update(graph.nodes.map((n) => ({ id: n.row, x: n.x, y: n.y }))); },
    refilter: () => { view.refresh(); network.redraw(); },
    go({ x, y, scale }, smooth) {
      const animation = smooth ? { duration: 350, easingFunction: "easeInOutQuad" } : false;
      network.moveTo({ position: { x, y }, scale, animation });
    },
  };
}
