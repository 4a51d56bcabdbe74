const shown = new WeakSet<object>()

/**
 * Whether a page's data was on the screen before: on the way back a page shows what was left, which may be old by what one did since. Asked
 * once for each page that opens.
 */
export function wasShown(data: object): boolean {
  const was = shown.has(data)
  shown.add(data)
  return was
}
