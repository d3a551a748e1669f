// The entrance: takes a Leaflet map, builds the room that is asked for around it, and connects it with the page.
(function (atlas) {
  "use strict";

  const { el } = atlas.dom;

  // `config`: { room, language, urls: { data, world, units, words }, title }. Called once, by the folium element or by a file that stands alone.
  async function mount(map, config) {
    document.documentElement.lang = config.language;
    for (const meta of document.querySelectorAll('meta[name="viewport"]')) meta.setAttribute("content", "width=device-width, initial-scale=1");
    const root = el("div", { className: `atlas atlas-${config.room}` });
    atlas.theme.apply(root, atlas.theme.isDark() ? atlas.theme.DARK : atlas.theme.LIGHT);
    const container = map.getContainer();
    for (const other of document.body.children) if (other.id === "root") other.hidden = true;
    document.body.prepend(root);
    root.append(container);
    const host = atlas.host.host();
    host.name(config.title, config.language);
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", config.title);
    let shared;
    try {
      [shared] = await Promise.all([atlas.shared.load(config), atlas.host.styled()]);
    } catch (error) {
      failed(root, config, host, error);
      return null;
    }
    atlas.shared.readyMap(map, shared.data.west);
    if (config.attribution) map.attributionControl.addAttribution(shared.say("legend.natural_earth"));
    const room = atlas[{ map: "roomMap", compare: "roomCompare", present: "roomPresent" }[config.room]].room(root, map, shared, host, config);
    atlas.shared.watchTheme(room.redress);
    atlas.host.receive(room.obey);
    atlas.room = room;
    return room;
  }

  // Never a blank: what is missing is said here, and the page is told, which then draws for itself.
  function failed(root, config, host, error) {
    root.append(el("p", { className: "failed", text: config.failed, attr: { role: "alert" } }), el("p", { className: "failed-detail", text: String(error.message || error) }));
    host.report({ room: config.room, why: "failed", detail: String(error.message || error) });
  }

  atlas.mount = mount;
})((globalThis.atlas = globalThis.atlas || {}));
