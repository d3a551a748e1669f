// The page menu of a narrow window, which Streamlit leaves open over the page: it closes when a page is chosen, when the page beside it is pressed, and by Escape.
(() => {
  if (window.atlasMenu) return;
  const close = () => document.querySelector('.stSidebar[data-collapsed="false"] [data-testid="stSidebarCollapseButton"] button')?.click();
  // What dims the page is drawn by the menu itself: there, the menu is what was pressed.
  document.addEventListener("click", ({ target }) => { if (target.closest(".stSidebar a") || target.matches(".stSidebar")) close(); });
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") close(); });
  window.atlasMenu = true;
})();
