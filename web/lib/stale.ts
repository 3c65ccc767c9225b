/** When a page was last loaded anew for this reason, in the tab's own storage. */
const key = 'rentora:stale';
/** So long, in milliseconds, it is not done again: what is missing then does not come by loading. */
const once = 60_000;

/** Whether a part of this page's build is not there any more, because a newer one was put into its place after the page was loaded. */
export function isStale(error: Error): boolean {
  return error.name === 'ChunkLoadError' || /^(Failed to load|Loading) (CSS )?chunk/i.test(error.message);
}

/** Loads the page anew, in the new build. False, and nothing happens, when that was done just now. */
export function loadAnew(
  storage: Pick<Storage, 'getItem' | 'setItem'> = sessionStorage,
  reload: () => void = () => location.reload(),
  now = Date.now(),
): boolean {
  if (now - Number(storage.getItem(key) ?? 0) < once) return false;
  storage.setItem(key, String(now));
  reload();
  return true;
}
