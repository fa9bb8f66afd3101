/** Says that there is something new, and not what: others may see the screen. */
export async function announce(words: string, name: string): Promise<void> {
  const options = { body: name, tag: `tincan:${name}`, data: location.pathname };
  try {
    // Some phones take none from a page, but from its worker, which leads back to the page.
    const worker = await navigator.serviceWorker?.getRegistration();
    if (worker?.active) return await worker.showNotification(words, options);
    const notification = new Notification(words, options);
    notification.onclick = () => {
      focus();
      notification.close();
    };
  } catch {
    // Not allowed any more.
  }
}
