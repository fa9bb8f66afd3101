/**
 * Applies what was chosen in the form of the preferences: colours at once, for a reload would end what
 * is on its way; another language with a reload, for all words come from the server.
 */
export function applyPreference(field: EventTarget | null): void {
  if (!(field instanceof HTMLSelectElement) || field.form === null) return;
  if (field.name !== "theme") return field.form.requestSubmit();
  const { dataset } = document.documentElement;
  if (field.value === "system") delete dataset.theme;
  else dataset.theme = field.value;
  const { action, method } = field.form;
  // Not followed: the page that it leads to is this one.
  void fetch(action, { method, body: new FormData(field.form), redirect: "manual" });
}
