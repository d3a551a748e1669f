// A canvas that lies on the map, a little larger than what is seen, and moves and zooms with it. `paint(context, view)` draws it anew when the map has come to rest or `redraw` is called.
(function (atlas) {
  "use strict";

  // `view` turns world units into pixels of the canvas: px = x * scale - left. Box: what of the world is on the canvas.
  function viewOf(map, bounds, ratio) {
    const scale = 2 ** map.getZoom();
    const origin = map.getPixelOrigin().add(bounds.min);
    const size = bounds.getSize();
    return {
      zoom: map.getZoom(), scale, left: origin.x, top: origin.y, width: size.x, height: size.y, ratio,
      box: [origin.x / scale, origin.y / scale, (origin.x + size.x) / scale, (origin.y + size.y) / scale],
    };
  }

  const overlaps = (view, box) => box[2] >= view.box[0] && box[0] <= view.box[2] && box[3] >= view.box[1] && box[1] <= view.box[3];

  // Sets the context so that paths in world units are drawn where they belong.
  const inWorld = (context, view) => context.setTransform(view.scale * view.ratio, 0, 0, view.scale * view.ratio, -view.left * view.ratio, -view.top * view.ratio);
  const inPixels = (context, view) => context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);

  function sheet(map, name, order, paint, padding) {
    const pane = map.createPane(name);
    pane.style.zIndex = order;
    pane.style.pointerEvents = "none";
    const Sheet = L.Renderer.extend({
      _initContainer() {
        this._container = document.createElement("canvas");
        this._container.setAttribute("aria-hidden", "true");
      },
      _destroyContainer() { this._container.remove(); this._container = null; },
      _update() {
        if (this._map._animatingZoom && this._bounds) return;
        L.Renderer.prototype._update.call(this);
        L.DomUtil.setPosition(this._container, this._bounds.min);
        this.redraw();
      },
      redraw() {
        if (!this._map || !this._bounds || this._map._animatingZoom) return;
        const size = this._bounds.getSize();
        const { context, ratio } = atlas.dom.canvas(size.x, size.y, this._container);
        this.view = viewOf(this._map, this._bounds, ratio);
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.clearRect(0, 0, this._container.width, this._container.height);
        inPixels(context, this.view);
        paint(context, this.view);
      },
    });
    return new Sheet({ padding, pane: name }).addTo(map);
  }

  atlas.sheet = { sheet, overlaps, inWorld, inPixels };
})((globalThis.atlas = globalThis.atlas || {}));
