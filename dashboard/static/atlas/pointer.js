// Pointing at marks: a note beside the pointer, and what a click does.
(function (atlas) {
  "use strict";

  const { perFrame } = atlas.dom;
  const MOST_OPENED = 14;

  // `parts.tip(text | null, point)` shows the note. `actions`: { choose, chooseLeg, clear, describe }.
  function watch(map, stage, parts, actions) {
    const hover = perFrame((event) => {
      const target = stage.at(event.containerPoint);
      map.getContainer().style.cursor = target ? "pointer" : "";
      parts.tip(target ? actions.describe(target) : null, event.containerPoint);
    });
    map.on("mousemove", hover);
    map.on("mouseout", () => parts.tip(null));
    map.on("movestart", () => parts.tip(null));
    // Whoever reads what the note lies on can send it away without moving the pointer.
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") parts.tip(null); });
    map.on("click", (event) => take(stage.at(event.containerPoint)));

    function take(target) {
      if (!target) { if (stage.isOpen()) stage.open(null); else actions.clear(); return; }
      if (target.leg !== undefined) { actions.chooseLeg(target.leg); return; }
      if (target.place !== undefined) { actions.choose(target.place); return; }
      openUp(target);
    }

    // A mark of several places: into it where zooming takes it apart, else its members around it.
    function openUp({ mark, members }) {
      const box = stage.boxOf(members);
      const room = map.getSize();
      const scale = 2 ** Math.min(map.getZoom() + 4, map.getMaxZoom());
      const wouldPart = Math.max((box[2] - box[0]) * scale, (box[3] - box[1]) * scale) > Math.min(room.x, room.y) * 0.35;
      if (members.length > MOST_OPENED && (wouldPart || map.getZoom() < map.getMaxZoom())) stage.fit(members, { maxZoom: map.getMaxZoom() });
      else { stage.open(mark); bringIntoView(mark, members.length); parts.tip(null); } // what it said now stands there, and the note would lie on it
    }

    // What has opened under the search, behind a legend at the foot, or beyond an edge is moved to where it is seen whole.
    function bringIntoView(mark, count) {
      const [west, north, east, south] = stage.reachOf(mark, count);
      const size = map.getSize();
      const { top, bottom } = stage.clear();
      const shift = (low, high, from, to) => (high - low > to - from ? (low + high - from - to) / 2 : Math.min(low - from, 0) || Math.max(high - to, 0));
      const by = [shift(west, east, 8, size.x - 8), shift(north, south, top, size.y - bottom)];
      if (by[0] || by[1]) map.panBy(by, { animate: false });
    }
    return { take, openUp };
  }

  atlas.pointer = { watch };
})((globalThis.atlas = globalThis.atlas || {}));
