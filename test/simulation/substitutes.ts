const here = new URL('.', import.meta.url).pathname

/**
 * What stands for a module where it is imported from, or null for itself: the runtime's own module everywhere, the rules only where the
 * room imports them. Used by Node's loader and by Vite alike, so that both run the same room.
 */
export function substituteFor(specifier: string, importer: string | undefined): string | null {
  if (specifier === 'cloudflare:workers') return `${here}platform/workers.ts`
  const isOfRoom = importer !== undefined && /\/worker\/auctions\/room(\.ts|\/[^/]+\.ts)$/.test(importer)
  return isOfRoom && /\/rules(\/rate)?\.ts$/.test(specifier) ? `${here}rules.ts` : null
}
