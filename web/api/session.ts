import { createSignal, untrack } from 'solid-js'
import type { Access, LoggedIn, OwnAccount } from '../../worker/contract/accounts.ts'
import { accounts } from '../../worker/contract/limits.ts'
import { answer, type Call, callMs } from './call.ts'
import { ApiProblem, asProblem } from './problem.ts'

/**
 * `unknown` until the page runs; `checking` while a browser that has signed in before gets its token; then `visitor` or
 * `signed-in`. Rendering on the edge sees `unknown` only: public pages say nothing about their reader.
 */
export type SessionState = 'unknown' | 'checking' | 'visitor' | 'signed-in'

/** What a session leans on, so that tests can bring two tabs of their own. */
export interface SessionDeps {
  fetch: typeof fetch
  store: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  locks: Pick<LockManager, 'request'>
  channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>
  /** Milliseconds that only run forward. */
  elapsed: () => number
}

type Message =
  | { type: 'token'; access: string; generation: string }
  | { type: 'account'; account: OwnAccount }
  | { type: 'signed-out' }

/** Name of the hint that this browser has a sign-in; `index.html` reads it before the first paint. Its value changes with each refresh. */
const hint = 'signed-in'

/** A token is renewed this long before it ends, so that no request meets its last second. */
const marginMs = 60_000

/** After a refresh elsewhere its token arrives by message; when it does not, this tab asks for itself. */
const handOverMs = 1_000

export type Session = ReturnType<typeof createSession>

export function createSession(deps: () => SessionDeps) {
  const [state, setState] = createSignal<SessionState>('unknown')
  const [account, setAccount] = createSignal<OwnAccount | null>(null)
  /** Whose pages may be on the screen. */
  let shownTo: string | null = null
  /** How many sign-ins have ended here. */
  let ends = 0
  let token: { access: string; renewAt: number; generation: string } | null = null
  let refreshing: Promise<boolean> | null = null
  let parts: SessionDeps | null = null
  let tokenArrived: () => void = () => {}
  let settle: () => void = () => {}
  const settled = new Promise<void>((resolve) => (settle = resolve))

  const use = () => (parts ??= deps())

  /** Begins once per page, in the browser: asks for a token if this browser has signed in before. */
  async function start(): Promise<void> {
    if (state() !== 'unknown') return
    const { channel } = use()
    channel.addEventListener('message', (event) => hear((event as MessageEvent<Message>).data))
    if (!readHint()) return become('visitor')
    setState('checking')
    await resume()
  }

  /** Tries again after the network was away at the start. */
  async function resume(): Promise<void> {
    try {
      if (await refresh()) await loadAccount()
    } catch (thrown) {
      // Offline is not signed out: the hint stays, and the page goes on as for a visitor until the network is back.
      if (asProblem(thrown).status === 401) return signOutHere()
      become('visitor')
    }
  }

  function become(next: 'visitor' | 'signed-in'): void {
    if (next === 'signed-in') markPage(true)
    else shownTo = null
    setState(next)
    settle()
  }

  function hear(message: Message): void {
    if (message.type === 'signed-out') return hearSignedOut()
    if (message.type === 'account') {
      // Of an account alone nobody is signed in: whoever is comes with a token.
      if (state() === 'signed-in') hereIs(message.account)
      return
    }
    keep(message.access, message.generation)
    if (state() !== 'signed-in' && state() !== 'checking') void loadAccount().catch(() => {})
  }

  function keep(access: string, generation: string): void {
    token = { access, generation, renewAt: use().elapsed() + accounts.accessTokenMs - marginMs }
    tokenArrived()
  }

  /** Keeps a token that came to this tab, and tells the others. */
  function receive(access: string): void {
    const generation = crypto.randomUUID()
    keep(access, generation)
    writeHint(generation)
    tell({ type: 'token', access, generation })
  }

  /**
   * A tab that was frozen hears this late. The hint is the sender's to remove: where there is one, somebody has signed in again since
   * then, and what is asked for here waits for their token.
   */
  function hearSignedOut(): void {
    if (!readHint()) return becomeNobody()
    token = null
    setAccount(null)
    void resume()
  }

  function tell(message: Message): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
    use().channel.postMessage(message)
  }

  function signOutHere(): void {
    writeHint(null)
    becomeNobody()
  }

  function becomeNobody(): void {
    ends += 1
    token = null
    // First: whoever sees the account go looks here whether the sign-in has gone with it.
    markPage(false)
    setAccount(null)
    become('visitor')
  }

  /**
   * Gets the next token; true when there is one. One request at a time in all tabs: the first holds the lock, those behind
   * it find the hint changed and take the token it has sent round.
   */
  function refresh(): Promise<boolean> {
    refreshing ??= refreshOnce().finally(() => (refreshing = null))
    return refreshing
  }

  async function refreshOnce(): Promise<boolean> {
    const before = readHint()
    return use().locks.request('session-refresh', async () => {
      const now = readHint()
      if (now === null && before !== null) return false
      if (now !== before && (await handedOver(now))) return true
      try {
        const { access } = (await answer(post('/api/accounts/token/refresh'))) as Access
        receive(access)
        return true
      } catch (thrown) {
        const problem = asProblem(thrown)
        if (problem.status !== 401) throw problem
        signOutHere()
        tell({ type: 'signed-out' })
        return false
      }
    }) as Promise<boolean>
  }

  /** True once the token of this generation is here; false when no other tab sends it in time. */
  async function handedOver(generation: string | null): Promise<boolean> {
    if (token?.generation !== generation)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, handOverMs)
        tokenArrived = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    return token?.generation === generation
  }

  async function loadAccount(): Promise<void> {
    const before = ends
    // Not by `authorisedFetch`, which waits for what this is about to tell.
    const me = (await answer(send('/api/accounts/me', undefined, token?.access ?? null))) as OwnAccount
    // Meanwhile they may have signed out.
    if (ends === before) hereIs(me)
  }

  /** Of somebody else who was here before nothing stays on the screen. */
  function hereIs(next: OwnAccount): void {
    if (shownTo !== null && shownTo !== next.handle) become('visitor')
    shownTo = next.handle
    setAccount(next)
    become('signed-in')
  }

  /** A sign-in has just succeeded: by password, by a confirmed registration. */
  function signedIn(answered: LoggedIn): void {
    receive(answered.access)
    hereIs(answered.account)
    tell({ type: 'account', account: answered.account })
  }

  /** The account has changed by this tab's own doing: profile, phone, preferences. */
  function accountChanged(change: Partial<OwnAccount>): void {
    const before = account()
    if (!before) return
    const next = { ...before, ...change }
    shownTo = next.handle
    setAccount(next)
    tell({ type: 'account', account: next })
  }

  /** Reads the account again, for all tabs: its version has moved on the server. */
  async function reloadAccount(): Promise<void> {
    const asker = account()?.handle
    const me = (await answer(authorisedFetch('/api/accounts/me'))) as OwnAccount
    // Meanwhile they may have signed out, and somebody else in.
    if (account()?.handle !== asker) return
    hereIs(me)
    tell({ type: 'account', account: me })
  }

  /** Ends the sign-in here and on the server; here also when the server cannot be reached. */
  async function logOut(): Promise<void> {
    const ended = answer(post('/api/accounts/logout', token?.access))
    signOutHere()
    tell({ type: 'signed-out' })
    await ended
  }

  /** The access token, renewed if need be; null for a visitor. Rejects with the problem when the network is away. */
  async function access(): Promise<string | null> {
    if (state() === 'checking') await settled
    if (!token && state() !== 'signed-in') return null
    if (token && use().elapsed() < token.renewAt) return token.access
    return (await refresh()) ? (token?.access ?? null) : null
  }

  /**
   * `fetch` with the token. A token that was refused is renewed once; a visitor's reading goes on without one. What somebody does is
   * never sent as somebody else, who may have signed in meanwhile.
   */
  const authorisedFetch: typeof fetch = async (input, init) => {
    const asker = untrack(account)?.handle
    const isReading = (init?.method ?? 'GET') === 'GET'
    const isOthers = () => !isReading && asker !== undefined && ![asker, undefined].includes(account()?.handle)
    const first = await access()
    if (isOthers()) throw new ApiProblem('sign-in-over', { status: 401 })
    const response = await send(input, init, first)
    if (response.status !== 401 || first === null) return response
    // Meanwhile another request may have brought the next one.
    if (token?.access === first) token = null
    const next = state() === 'signed-in' || state() === 'checking' ? await refreshed(first) : null
    return (next === null && !isReading) || isOthers() ? response : send(input, init, next)
  }

  async function refreshed(refused: string): Promise<string | null> {
    if (token && token.access !== refused) return token.access
    return (await refresh()) ? ((token as { access: string } | null)?.access ?? null) : null
  }

  function send(input: RequestInfo | URL, init: RequestInit | undefined, bearer: string | null): Promise<Response> {
    const headers = new Headers(init?.headers)
    if (bearer) headers.set('authorization', `Bearer ${bearer}`)
    // Codes and letters come in the language of the page, which may not be the browser's.
    if (typeof document !== 'undefined') headers.set('accept-language', document.documentElement.lang)
    const timeout = AbortSignal.timeout(callMs)
    const signal = init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout
    return use().fetch(input, { ...init, headers, signal })
  }

  function post(path: string, bearer: string | undefined = undefined): Promise<Response> {
    return send(path, { method: 'POST', credentials: 'same-origin' }, bearer ?? null)
  }

  function readHint(): string | null {
    try {
      return use().store.getItem(hint)
    } catch {
      return null
    }
  }

  function writeHint(value: string | null): void {
    try {
      if (value === null) use().store.removeItem(hint)
      else use().store.setItem(hint, value)
    } catch {
      // Storage is shut in this browser: the sign-in works in this tab and ends with it.
    }
  }

  function markPage(isSignedIn: boolean): void {
    document.documentElement.toggleAttribute('data-signed-in', isSignedIn)
  }

  const call: Call = { origin: '', fetch: authorisedFetch }

  return {
    /** Reactive. */
    state,
    /** Reactive; null for visitors and until it is known. */
    account,
    /** Reactive: may sell and bid. */
    isTrader: () => account()?.phoneVerified === true && !account()?.suspended,
    start,
    resume,
    /** Resolves when it is known whether somebody is signed in. */
    settled,
    signedIn,
    accountChanged,
    reloadAccount,
    logOut,
    access,
    call,
  }
}

function browserDeps(): SessionDeps {
  return {
    fetch: (input, init) => fetch(input, init),
    store: localStorage,
    locks: navigator.locks ?? alone,
    channel: new BroadcastChannel('session'),
    elapsed: () => performance.now(),
  }
}

/** Plain http on another computer than one's own has no locks: then the server's grace for parallel tabs has to do. */
const alone = {
  request: (_name: string, run: () => unknown) => Promise.resolve(run()),
} as unknown as LockManager

/** Who is using this page. On the edge it never leaves `unknown`. */
export const session = createSession(browserDeps)
