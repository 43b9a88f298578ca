/** Waits until something is there, at most half a minute. told: what the person was told meanwhile. */
export function waiting(told: () => readonly string[]) {
  return async function until<T>(what: string, met: () => T | undefined | false): Promise<T> {
    for (let n = 0; n < 600; n++) {
      const found = met();
      if (found) {
        return found;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`waited in vain for ${what}; told: ${told().join(' | ')}`);
  };
}
