// What every room needs: the tables, the outlines, the words, and the means to draw in the present theme.
(function (atlas) {
  "use strict";

  // Fetches everything. `config`: { urls: { data, world, units, words }, language } or, in a file that stands alone, { files } with the same names already parsed.
  async function load(config) {
    const files = config.files || {};
    const fetchJson = (url) => (files[url] ? Promise.resolve(files[url]) : atlas.host.fetchJson(url));
    const { data: tables, words, world, units } = config.urls;
    const [file, messages, countries] = await Promise.all([fetchJson(tables), fetchJson(words), world ? fetchJson(world) : null]);
    const base = atlas.base.outlines(countries, units ? () => fetchJson(units) : null, file.west);
    const data = placed(atlas.data.decode(file));
    const entries = messages[config.language] || messages.en;
    const say = atlas.words.words(messages[config.language] ? config.language : "en", entries, messages.en);
    data.places.label = atlas.words.labels(data, say, entries);
    const otherNames = (place) => atlas.words.otherNames(data, place, messages);
    const shared = { data, base, say, otherNames, large: false, numbers: data.ordered.map((phase) => phase.order) };
    return dress(shared);
  }

  // Adds where places stand in the world, which are points and which areas, and how many observations each has.
  function placed(data) {
    const { places, observations } = data;
    // What lies west of the edge of the world comes after all the rest: see `world` in projection.py.
    places.longitude = places.longitude.map((value) => (value !== null && value < data.west ? value + 360 : value));
    places.x = Float64Array.from(places.longitude, (value) => (value === null ? NaN : atlas.geometry.x(value)));
    places.y = Float64Array.from(places.latitude, (value) => (value === null ? NaN : atlas.geometry.y(value)));
    const all = Array.from({ length: places.count }, (_, place) => place).filter((place) => places.latitude[place] !== null);
    data.points = all.filter((place) => atlas.story.isPoint(data, place));
    data.areas = all.filter((place) => !atlas.story.isPoint(data, place));
    data.weights = new Int32Array(places.count);
    for (let i = 0; i < observations.count; i++) if (observations.place[i] >= 0) data.weights[observations.place[i]]++;
    return data;
  }

  // Colours, marks and names for the present theme and size.
  function dress(shared, isDark = atlas.theme.isDark()) {
    shared.tokens = isDark ? atlas.theme.DARK : atlas.theme.LIGHT;
    shared.colours = atlas.theme.ramp(shared.data.ordered.length);
    shared.glyphs = atlas.glyphs.collection(shared.tokens, shared.colours, shared.numbers);
    // Larger where there is room: a wide window is often a projector's.
    const size = shared.large ? 2 : window.innerWidth > 1100 ? 1 : 0;
    shared.scale = scaleOf(shared);
    shared.radius = [9, 11, 14][size] * shared.scale;
    shared.text = atlas.labels.writer(shared.tokens, size, shared.scale);
    shared.pattern = atlas.areas.patterns(shared.colours);
    return shared;
  }

  // For a room, marks and names grow with the window as the words around them do: a projector of many pixels shows each of them small.
  const scaleOf = ({ large }) => (large ? Math.min(Math.max(Math.min(window.innerWidth / 1280, window.innerHeight / 720), 1), 3) : 1);

  // What elements cover of a frame, as rectangles in its pixels: west, north, east, south.
  function coveredBy(frame, elements) {
    const own = frame.getBoundingClientRect();
    return elements.filter((node) => !node.hidden).map((node) => node.getBoundingClientRect()).map((box) => [box.left - own.left, box.top - own.top, box.right - own.left, box.bottom - own.top]);
  }

  // Calls `change` when the page around turns light or dark, and when it is put on paper and back.
  function watchTheme(change) {
    let was = atlas.theme.isDark();
    const look = () => { const is = atlas.theme.isDark(); if (is !== was) { was = is; change(is); } };
    new MutationObserver(look).observe(document.head, { childList: true, subtree: true, characterData: true });
    for (const query of ["(prefers-color-scheme: dark)", "print"]) window.matchMedia(query).addEventListener("change", look);
  }

  // A sheet of paper is another frame: the same part of the world is drawn for it, and what was there before when it is printed. No other event comes in
  // between: nobody tells of the size. `resize(isPaper)` gives the map its new one, `settle(homed)` comes when the map stands as it shall, with what `homed()`
  // told before (see `frame`).
  function watchPaper(map, { homed, home, resize, settle }) {
    let before = null;
    window.matchMedia("print").addEventListener("change", ({ matches: isPaper }) => {
      if (isPaper) before = { bounds: map.getBounds(), center: map.getCenter(), zoom: map.getZoom(), homed: homed() };
      if (before === null) return;
      resize(isPaper);
      if (!isPaper) map.setView(before.center, before.zoom, { animate: false });
      else if (before.homed) home();
      else map.fitBounds(before.bounds, { animate: false });
      settle(before.homed);
    });
  }

  // Fields and limits of a map on which everything moves.
  function readyMap(map, west) {
    const middle = west + 180;
    const [limits, wide] = [220, 400].map((east) => L.latLngBounds([[-85, middle - east], [85, middle + east]]));
    map.options.maxBounds = limits;
    map.options.maxBoundsViscosity = 0.8;
    // At once, and not in a glide as Leaflet's own: a view that is set while the map glides would be carried off.
    // A world that is narrower than its frame need not stand in the middle of it: the legend lies on one side.
    map.on("moveend", () => {
      map.options.maxBounds = 256 * 2 ** map.getZoom() < map.getSize().x ? wide : limits;
      map.panInsideBounds(map.options.maxBounds, { animate: false });
    });
    if (map.attributionControl) map.attributionControl.setPrefix(false);
  }

  // Sets a view as it is asked for: which limits hold for it hangs on its zoom, and is told once the map is there.
  function setView(map, latitude, longitude, zoom) {
    map.options.maxBounds = null;
    map.setView([latitude, longitude], zoom, { animate: false });
  }

  // The middle of a map and its zoom, as a link and the memory keep them: latitude, longitude, zoom.
  function viewOf(map) {
    const { lat, lng } = map.getCenter();
    return [Number(lat.toFixed(3)), Number(lng.toFixed(3)), map.getZoom()];
  }

  // The size of the frame that the map is in. A room keeps the one for which its map stands at home (null where somebody has moved it): in another one the
  // view is made anew.
  const frame = () => `${window.innerWidth} ${window.innerHeight}`;

  // The same for a box of legend switches.
  const noneHidden = () => ({ ranks: new Set(), outcomes: new Set(), named: false, routes: false });

  atlas.shared = { coveredBy, frame, load, dress, scaleOf, watchTheme, watchPaper, readyMap, setView, viewOf, noneHidden };
})((globalThis.atlas = globalThis.atlas || {}));
