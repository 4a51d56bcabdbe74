/** Where this computer's own names may be pushed to. Only the local entry allows it, for tests that stand in for a push service. */
let isLoopbackOpen = false

export function openLoopbackPush(): void {
  isLoopbackOpen = true
}

/** Names that only mean something inside somebody's network. */
const inner = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|arpa|test|invalid)$/

/**
 * Whether we post to that address. It comes from a browser, so it could be made up: a name of the public internet over https, and
 * neither a bare address nor a port of anybody's choice. Push services have names.
 */
export function isPushEndpoint(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, port, username, password } = new URL(address)
  if (username !== '' || password !== '') return false
  if (isLoopbackOpen && protocol === 'http:' && hostname === '127.0.0.1') return true
  return protocol === 'https:' && port === '' && isPublicName(hostname)
}

function isPublicName(host: string): boolean {
  const isAddress = host.startsWith('[') || /(^|\.)\d+\.?$/.test(host)
  return !isAddress && host.includes('.') && !host.endsWith('.') && !inner.test(host)
}
