// Land, borders and the names of countries.
(function (atlas) {
  "use strict";

  const { overlaps, inWorld, inPixels } = atlas.sheet;
  const UNITS_FROM = 5;

  // The outlines of countries, null where there is no file, and of first-level units, fetched when they are first asked for; `west` is the longitude at which the world is cut.
  function outlines(countries, fetchUnits, west) {
    const held = { countries: countries ? atlas.geometry.outlines(countries, west) : new Map(), units: null, names: new Map() };
    let waiting = null;
    return {
      held,
      units() {
        if (!fetchUnits) return Promise.resolve();
        waiting = waiting || fetchUnits().then((file) => { held.units = atlas.geometry.outlines(file, west); });
        return waiting;
      },
      find: (id) => held.countries.get(id) || (held.units && held.units.get(id)) || null,
      // The path of all countries, for what lies on land; made once for each coarseness.
      land(zoom) {
        const first = held.countries.values().next().value;
        if (!first) return null;
        const key = first.path(zoom);
        if (!held.land || held.land.key !== key) {
          held.land = { key, path: new Path2D() };
          for (const country of held.countries.values()) held.land.path.addPath(country.path(zoom));
        }
        return held.land.path;
      },
      // Where a country's name stands: found when it is first drawn.
      label(id) {
        if (!held.names.has(id)) held.names.set(id, atlas.geometry.labelPoint(held.countries.get(id)));
        return held.names.get(id);
      },
    };
  }

  function paint(context, view, tokens, held) {
    inWorld(context, view);
    context.lineJoin = "round";
    context.fillStyle = tokens.land;
    const seen = [...held.countries.values()].filter((country) => overlaps(view, country.box));
    for (const country of seen) context.fill(country.path(view.zoom), "evenodd");
    if (view.zoom >= UNITS_FROM && held.units) {
      context.lineWidth = 0.7 / view.scale;
      context.strokeStyle = tokens.unit;
      for (const unit of held.units.values()) if (overlaps(view, unit.box)) context.stroke(unit.path(view.zoom));
    }
    context.lineWidth = (view.zoom < 4 ? 0.7 : 1.1) / view.scale;
    context.strokeStyle = tokens.border;
    for (const country of seen) context.stroke(country.path(view.zoom));
    inPixels(context, view);
  }

  function paintNames(context, view, taken, base, text, say, named) {
    for (const [id, country] of base.held.countries) {
      if (named.has(id) || !overlaps(view, country.box)) continue;
      const pixels = (country.box[2] - country.box[0]) * view.scale;
      if (pixels < 34) continue;
      const at = base.label(id);
      const picture = text("country", say.country(id, country.name));
      if (picture.width > Math.max(at.width * view.scale * 1.25, 46)) continue;
      atlas.labels.across(context, taken, picture, at.x * view.scale - view.left, at.y * view.scale - view.top);
    }
  }

  atlas.base = { outlines, paint, paintNames, UNITS_FROM };
})((globalThis.atlas = globalThis.atlas || {}));
