// What a reader chose (language, theme), kept by the browser. A page opened from a file may be denied
// storage; choices then last as long as the page.
export function makeMemory(storage) {
  return {
    get: (key) => { try { return storage().getItem(`vaultdots.${key}`); } catch { return null; } },
    set: (key, value) => { try { if (value === null) storage().removeItem(`vaultdots.${key}`); else storage().setItem(`vaultdots.${key}`, value); } catch { /* denied */ } },
  };
}
