/** A token for the sign-in that this browser has; null without one. Throws where nobody can say now. One more tab, as far as that is concerned: it waits its turn. */
export function accessOf(self: ServiceWorkerGlobalScope): Promise<string | null> {
  return self.navigator.locks.request('session-refresh', async () => {
    const response = await fetch('/api/accounts/token/refresh', { method: 'POST', credentials: 'same-origin' })
    if (!response.ok && response.status !== 401) throw new Error(`no token now: ${response.status}`)
    return response.ok ? ((await response.json()) as { access: string }).access : null
  })
}

/** Asks the API for something with a body, as that sign-in. */
export function post(path: string, access: string, body: object): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    headers: { authorization: `Bearer ${access}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}
