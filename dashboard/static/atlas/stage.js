// One map: its sheets, what is drawn on them, and what lies under the pointer. `shared` holds what several maps have in common.
(function (atlas) {
  "use strict";

  // Marks nearer to one another than this many radii go together.
  const CLUSTER = 3.4;
  // An area whose largest part is smaller than this many radii of a mark is drawn as a mark, as an island or a quarter of a town: it would not be seen.
  const SPECK = 1.6;
  // How many steps of zoom it may cost to fit areas whole: one, what it costs to see all of an area and not its inner half; less for those as large as a continent.
  const MOST_LOST = 1.001;
  const MOST_LOST_VAST = 0.75;
  // The radius in km from which an area is as large as a continent.
  const VAST = 1500;
  // How near a map goes to a place that stands alone: the country around it is still to be seen.
  const ALONE = 6;
  // What a frame must have between its margins for places to be fitted into it, in pixels.
  const ROOM = 60;

  // What a scene must be able to answer; see `scene.js`.
  function stage(map, shared) {
    const { data, base } = shared;
    const scratch = { top: new Int32Array(data.places.count), count: new Int32Array(data.places.count), fresh: new Uint8Array(data.places.count), home: new Uint8Array(data.places.count) };
    const groupsByZoom = new Map();
    let scene = null, drawn = [], routes = [], areas = null, opened = null;

    const radius = () => shared.radius;
    const margins = () => (shared.margins ? shared.margins() : { paddingTopLeft: [36, 30], paddingBottomRight: [36, 30] });
    const shapes = () => (areas = areas || atlas.areas.shapes(data, base));
    const isSpeck = ({ shape }, zoom) => {
      const [west, north, east, south] = shape.mainBox();
      return Math.max(east - west, south - north) * 2 ** zoom < SPECK * radius();
    };
    // The places that are drawn as marks at a zoom, the leader of each, and the areas that are drawn as areas.
    const groups = (zoom) => {
      const key = `${zoom} ${radius()}`;
      if (!groupsByZoom.has(key)) {
        const [specks, wide] = [true, false].map((wanted) => shapes().filter((area) => isSpeck(area, zoom) === wanted));
        const points = data.points.concat(specks.map(({ place }) => place));
        groupsByZoom.set(key, { points, wide, leader: atlas.clusters.leaders(points, data.places.x, data.places.y, data.weights, zoom, radius() * CLUSTER) });
      }
      return groupsByZoom.get(key);
    };
    const forget = () => { areas = null; groupsByZoom.clear(); };

    const land = atlas.sheet.sheet(map, "land", 210, (context, view) => {
      atlas.base.paint(context, view, shared.tokens, base.held);
      if (view.zoom >= atlas.base.UNITS_FROM && !base.held.units) base.units().then(() => land.redraw());
    }, 0.35);

    const fields = atlas.sheet.sheet(map, "fields", 220, (context, view) => {
      if (scene) atlas.areas.paint(context, view, groups(view.zoom).wide, scene, shared.tokens, shared.colours, shared.pattern, base.land);
    }, 0.12);

    // As wide as the marks above them, so that what lies under the pointer is asked of both in the same pixels.
    const ways = atlas.sheet.sheet(map, "ways", 225, (context, view) => {
      routes = scene ? atlas.routes.paint(context, view, data, scene, shared.tokens, shared.large ? 1.5 * shared.scale : 1) : [];
    }, 0.12);

    const top = atlas.sheet.sheet(map, "marks", 230, (context, view) => {
      if (!scene) return;
      const { wide, ...drawnAsMarks } = groups(view.zoom);
      const found = atlas.marks.gather(view, data, scene, drawnAsMarks, scratch);
      const { marks, legs } = atlas.marks.open(found, membersIfOpen, scene, radius());
      atlas.marks.halos(context, view, data, marks, shared.tokens, radius());
      atlas.marks.paint(context, view, data, scene, marks, legs, shared.glyphs, shared.tokens, radius());
      const taken = atlas.labels.space();
      // Names keep clear of what lies on the map: search, buttons, legend.
      const shift = map.containerPointToLayerPoint([0, 0]).subtract(top._bounds.min);
      const seenSize = map.getSize();
      for (const edge of [[0, 0, shift.x, view.height], [shift.x + seenSize.x, 0, view.width, view.height], [0, 0, view.width, shift.y], [0, shift.y + seenSize.y, view.width, view.height]]) taken.take(edge);
      for (const [west, north, east, south] of shared.covers ? shared.covers(map) : []) taken.take([west + shift.x, north + shift.y, east + shift.x, south + shift.y]);
      for (const head of atlas.routes.heads(routes)) taken.take(head);
      const seen = wide.filter(({ place, shape }) => scene.visible(place) && atlas.sheet.overlaps(view, shape.box));
      const unsigned = atlas.marks.names(context, view, data, scene, marks, seen, shared.text, shared.glyphs, shared.tokens, radius(), taken);
      atlas.base.paintNames(context, view, taken, base, shared.text, shared.say, new Set(seen.map(({ place }) => data.places.outline[place])));
      drawn = marks;
      if (shared.onDrawn) shared.onDrawn(map, unsigned);
    }, 0.12);

    const members = (mark) => {
      const { points, leader } = groups(map.getZoom());
      return points.filter((place) => leader[place] === mark.leader && scene.visible(place)).sort((a, b) => (scene.before(a, b) ? -1 : 1));
    };
    function membersIfOpen(mark) {
      return opened && opened.zoom === map.getZoom() && opened.leader === mark.leader ? members(mark) : null;
    }

    map.on("zoomstart", () => { opened = null; });

    // What is at a point of the map's container: { place } or { leg } or { mark, members } for a mark of several places, else null.
    function at(point) {
      if (!scene || !top.view) return null;
      const { x, y } = map.containerPointToLayerPoint(point).subtract(top._bounds.min);
      for (let i = drawn.length - 1; i >= 0; i--) {
        const mark = drawn[i];
        if (Math.hypot(mark.x - x, mark.y - y) <= radius() * 1.35) return mark.count > 1 ? { mark, members: members(mark) } : { place: mark.place };
      }
      const leg = atlas.routes.at(routes, x, y);
      if (leg !== null) return { leg };
      const place = atlas.areas.at(groups(top.view.zoom).wide, scene, top.view, (x + top.view.left) / top.view.scale, (y + top.view.top) / top.view.scale);
      return place === null ? null : { place, isArea: true };
    }

    return {
      map, at,
      draw(next) {
        const [areasChanged, waysChanged] = [!scene || next.fields !== scene.fields, !scene || next.ways !== scene.ways];
        scene = next;
        if (areasChanged) fields.redraw();
        if (waysChanged) ways.redraw();
        top.redraw();
      },
      redrawAll() { forget(); land.redraw(); fields.redraw(); ways.redraw(); top.redraw(); },
      redrawMarks() { top.redraw(); },
      open(mark) { opened = mark ? { leader: mark.leader, zoom: map.getZoom() } : null; top.redraw(); },
      isOpen: () => opened !== null,
      // What a mark covers once it is open, in pixels of the map's container: west, north, east, south.
      reachOf(mark, count) {
        const middle = map.layerPointToContainerPoint(L.point(mark.x, mark.y).add(top._bounds.min));
        const away = atlas.clusters.opened(count, radius());
        const [xs, ys] = [away.map(([east]) => middle.x + east), away.map(([, south]) => middle.y + south)];
        const edge = radius() * 1.7;
        return [Math.min(...xs) - edge, Math.min(...ys) - edge, Math.max(...xs) + edge, Math.max(...ys) + edge];
      },
      // How much of the map's height is to stay clear of marks, at its top and at its foot.
      clear() { const { paddingTopLeft, paddingBottomRight } = margins(); return { top: paddingTopLeft[1], bottom: paddingBottomRight[1] }; },
      outlinesArrived() { forget(); land.redraw(); fields.redraw(); top.redraw(); },
      // What is drawn as points, for tests and for the list of what is in view.
      drawnMarks: () => drawn,
      // West, north, east, south in world units. `share` is how much of an area must be in it: 1 for all, 0 for its middle, where its mark stands.
      boxOf(places, share = () => 1) {
        const box = [Infinity, Infinity, -Infinity, -Infinity];
        const byPlace = new Map(places.length ? shapes().map((area) => [area.place, area.shape]) : []);
        for (const place of places) {
          const [x, y] = [data.places.x[place], data.places.y[place]];
          const area = byPlace.get(place);
          const whole = area ? area.mainBox() : [x, y, x, y];
          const kept = share(place);
          const own = kept ? whole.map((edge, side) => edge * kept + (whole[side] + whole[(side + 2) % 4]) * (1 - kept) / 2) : [x, y, x, y];
          box[0] = Math.min(box[0], own[0]); box[1] = Math.min(box[1], own[1]); box[2] = Math.max(box[2], own[2]); box[3] = Math.max(box[3], own[3]);
        }
        return box;
      },
      // Areas among other places are fitted whole where that costs little, but for a continent, whose edge means nothing; else the largest by their marks alone,
      // or one large country would decide the view, then the others by their inner halves, and all by their marks alone where even that has no room. Where there is nothing but the largest, they are fitted whole.
      // Tells whether there was room for it: in a frame that has not got its size yet, margins could be wider than the frame, and what is left of it nothing.
      fit(wanted, options = {}) {
        const places = wanted.filter((place) => data.places.latitude[place] !== null);
        if (!places.length) return true;
        const kept = margins();
        const sides = L.point(kept.paddingTopLeft).add(kept.paddingBottomRight);
        const left = map.getSize().subtract(sides);
        const hasRoom = Math.min(left.x, left.y) >= ROOM;
        const corner = (x, y) => [atlas.geometry.latitude(y), atlas.geometry.longitude(x)];
        const bounds = ([west, north, east, south]) => L.latLngBounds(corner(west, south), corner(east, north));
        const isVast = (place) => data.places.radius[place] >= VAST;
        const isRegion = (place) => data.levels[data.places.level[place]] === "region";
        const isVastAll = places.every(isVast);
        const whole = this.boxOf(places, (place) => (!isVastAll && isRegion(place) && isVast(place) ? 0 : 1));
        const smaller = this.boxOf(places, (place) => (isVast(place) ? 0 : 1));
        const inner = this.boxOf(places, (place) => (isVast(place) ? 0 : 0.5));
        // Not as the map tells it, which goes no further away than its own limit: what does not fit there is not whole.
        const frame = hasRoom ? left : map.getSize();
        const zoom = (box) => Math.log2(Math.min(frame.x / (box[2] - box[0]), frame.y / (box[3] - box[1])));
        const isCheap = (box, other, most) => zoom(box) >= Math.max(map.getMinZoom(), Math.min(zoom(other), options.maxZoom || 9) - most);
        const isWhole = isVastAll || places.length === 1 || (isCheap(whole, smaller, MOST_LOST_VAST) && isCheap(whole, inner, MOST_LOST));
        const box = isWhole ? whole : isCheap(smaller, inner, MOST_LOST) ? smaller : zoom(inner) >= map.getMinZoom() ? inner : this.boxOf(places, () => 0);
        map.options.maxBounds = null; // as in `shared.setView`
        map.fitBounds(bounds(box), { ...(hasRoom ? kept : {}), maxZoom: places.length === 1 ? ALONE : 9, animate: false, ...options });
        return hasRoom;
      },
      // Moves the map to where a place is seen, if it is out of view or under what lies on the map: into the middle of what is left free.
      bring(place) {
        const [latitude, longitude] = [data.places.latitude[place], data.places.longitude[place]];
        if (latitude === null) return;
        const size = map.getSize();
        const { x, y } = map.latLngToContainerPoint([latitude, longitude]);
        const edge = radius() * 1.5;
        const isUnder = (shared.covers ? shared.covers(map) : []).some(([west, north, east, south]) => x > west - edge && x < east + edge && y > north - edge && y < south + edge);
        if (!isUnder && x > edge && x < size.x - edge && y > edge && y < size.y - edge) return;
        const { paddingTopLeft: [left, above], paddingBottomRight: [right, below] } = margins();
        const hasRoom = Math.min(size.x - left - right, size.y - above - below) >= ROOM;
        const zoom = Math.max(map.getZoom(), atlas.story.isPoint(data, place) ? 5 : 3);
        const aside = hasRoom ? L.point((left - right) / 2, (above - below) / 2) : L.point(0, 0);
        map.setView(map.unproject(map.project([latitude, longitude], zoom).subtract(aside), zoom), zoom, { animate: false });
      },
    };
  }

  atlas.stage = { stage };
})((globalThis.atlas = globalThis.atlas || {}));
