/**
 * A secret that came behind `#`, where neither logs nor other pages see it; taken out of the address at once, so that it
 * stays in no history. In browsers only.
 */
export function fromFragment(name: string): string | null {
  const secret = new URLSearchParams(location.hash.slice(1)).get(name)
  if (secret) history.replaceState(history.state, '', location.pathname + location.search)
  return secret
}
