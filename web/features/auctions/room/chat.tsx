import { useLocation } from '../../../ui/navigation/navigation.ts'
import ArrowDown from 'lucide/dist/esm/icons/arrow-down.mjs'
import Ban from 'lucide/dist/esm/icons/ban.mjs'
import Ellipsis from 'lucide/dist/esm/icons/ellipsis.mjs'
import SendHorizontal from 'lucide/dist/esm/icons/send-horizontal.mjs'
import Trash from 'lucide/dist/esm/icons/trash.mjs'
import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show } from 'solid-js'
import type { ChatMessage } from '../../../../worker/contract/auctions.ts'
import { roomChat } from '../../../../worker/contract/limits.ts'
import { answer, newKey } from '../../../api/call.ts'
import { type ApiProblem, asProblem } from '../../../api/problem.ts'
import { logInHref } from '../../../api/return-to.ts'
import { session } from '../../../api/session.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { lazyPart } from '../../../i18n/lazy-part.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Chip } from '../../../ui/chip/chip.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { ButtonLink } from '../../../ui/link/link.tsx'
import { Menu, menuItemClass } from '../../../ui/menu/menu.tsx'
import { ProblemNote } from '../../../ui/problem-note/problem-note.tsx'
import { showToast } from '../../../ui/toast/toast.tsx'
import { auctionsApi } from '../api.ts'
import { useRoom } from './room.tsx'

const RemoveSheet = lazyPart(() => import('./remove-sheet.tsx').then((file) => file.RemoveSheet), ['staff'])

const isStaff = () => (session.account()?.role ?? 'member') !== 'member'

/** The room's chat: read by anyone, written by those whom the seller lets. */
export function Chat(props: { onBan: (message: ChatMessage) => void }) {
  return (
    <div class="flex flex-col">
      <Messages onBan={props.onBan} />
      <Composer />
    </div>
  )
}

function Messages(props: { onBan: (message: ChatMessage) => void }) {
  const t = useTexts('chat')
  const words = useProblemWords()
  const room = useRoom()
  const [older, setOlder] = createSignal<ChatMessage[]>([])
  const [cursor, setCursor] = createSignal<string | null | undefined>(undefined)
  const [isLoading, setLoading] = createSignal(false)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  const [isAtEnd, setAtEnd] = createSignal(true)
  let box: HTMLDivElement | undefined

  const messages = createMemo(() => {
    const live = room.state().messages
    const known = new Set(live.map(({ id }) => id))
    return [...older().filter(({ id }) => !known.has(id)), ...live]
  })
  const toEnd = () => {
    if (box) box.scrollTop = box.scrollHeight
    setAtEnd(true)
  }
  // New messages are followed only by those who are at the end already.
  createEffect(
    on(
      () => room.state().messages.at(-1)?.id,
      () => {
        if (isAtEnd()) requestAnimationFrame(toEnd)
      },
    ),
  )
  onMount(toEnd)

  const messagesBefore = (known: string | null | undefined) =>
    answer(
      auctionsApi(session.call).auctions[':id'].messages.$get({
        param: { id: room.view().id },
        query: known ? { cursor: known } : {},
      }),
    )

  async function loadOlder(): Promise<void> {
    setLoading(true)
    setProblem(null)
    try {
      let page = await messagesBefore(cursor())
      const known = new Set(messages().map(({ id }) => id))
      // The newest, which the first question brings, are here by the room itself.
      if (page.nextCursor !== null && page.items.every(({ id }) => known.has(id)))
        page = await messagesBefore(page.nextCursor)
      const before = box?.scrollHeight ?? 0
      setOlder((all) => [...page.items.toReversed(), ...all])
      setCursor(page.nextCursor)
      // What was being read stays where it is.
      requestAnimationFrame(() => box?.scrollBy(0, box.scrollHeight - before))
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setLoading(false)
    }
  }

  return (
    <div class="relative">
      <div
        ref={box}
        role="log"
        aria-label={t.title}
        aria-live="off"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabindex="0"
        class="h-[min(26rem,52dvh)] overflow-y-auto overscroll-contain py-3 xl:h-[calc(100dvh-var(--header-height)-14rem)]"
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
          setAtEnd(scrollHeight - scrollTop - clientHeight < 40)
        }
      >
        <Show when={messages().length >= 50 && cursor() !== null}>
          <Button look="quiet" wide busy={isLoading()} onClick={() => void loadOlder()}>
            {t.older}
          </Button>
        </Show>
        <Show when={problem()}>{(failed) => <ProblemNote {...words(failed())} />}</Show>
        <Show
          when={messages().length > 0}
          fallback={
            <p class="py-8 text-center text-ink-soft">{room.phase() === 'scheduled' ? t.draftScheduled : t.empty}</p>
          }
        >
          <ol class="grid gap-3">
            <For each={messages()}>{(message) => <Message message={message} onBan={props.onBan} />}</For>
          </ol>
        </Show>
      </div>
      <Show when={!isAtEnd()}>
        <Button
          size="small"
          icon={ArrowDown}
          class="absolute! inset-x-0 bottom-2 mx-auto w-fit shadow-lift"
          onClick={toEnd}
        >
          {t.newer}
        </Button>
      </Show>
    </div>
  )
}

function Message(props: { message: ChatMessage; onBan: (message: ChatMessage) => void }) {
  const t = useTexts('chat')
  const format = useFormat()
  const words = useProblemWords()
  const room = useRoom()
  const me = () => session.account()
  const isMine = () => me()?.handle === props.message.author.handle
  const isSeller = () => me()?.handle === room.view().seller.handle
  const canRemove = () => props.message.text !== null && (isMine() || isSeller() || isStaff())
  const [isGivingReason, setGivingReason] = createSignal(false)

  const remove = (json: { reason?: string }) =>
    answer(
      auctionsApi(session.call).auctions[':id'].messages[':message'].$delete({
        param: { id: room.view().id, message: props.message.id },
        json,
      }),
    )

  async function removeAtOnce(): Promise<void> {
    try {
      await remove({})
    } catch (thrown) {
      showToast({ text: words(asProblem(thrown)).title, tone: 'brick' })
    }
  }

  return (
    <li class="group grid grid-cols-[1fr_auto] items-start gap-x-1 px-1">
      <div class="min-w-0">
        <p class="flex flex-wrap items-center gap-x-1.5 gap-y-0.5 text-caption">
          <span class={`font-semibold ${isMine() ? 'text-tangerine-text' : 'text-ink-soft'}`}>
            {props.message.author.name}
          </span>
          <For each={props.message.badges}>
            {(badge) => <Chip tone={badge === 'leader' ? 'leaf' : 'tangerine'}>{t[badge]}</Chip>}
          </For>
          <time dateTime={props.message.at} class="figures text-ink-faint">
            {format.time(props.message.at)}
          </time>
        </p>
        <Show
          when={props.message.text}
          fallback={<p class="text-ink-faint italic">{t.removed[props.message.removedBy ?? 'author']}</p>}
        >
          {(text) => <p class="text-pretty">{text()}</p>}
        </Show>
      </div>
      <Show when={canRemove()}>
        <Menu
          label={`${props.message.author.name}: ${t.remove}`}
          button={<Icon of={Ellipsis} class="size-4 text-ink-faint" />}
        >
          <button
            type="button"
            class={menuItemClass}
            onClick={() => (isMine() || isSeller() ? void removeAtOnce() : setGivingReason(true))}
          >
            <Icon of={Trash} />
            {t.remove}
          </button>
          <Show when={isSeller() && !isMine()}>
            <button type="button" class={menuItemClass} onClick={() => props.onBan(props.message)}>
              <Icon of={Ban} />
              {t.ban(props.message.author.name)}
            </button>
          </Show>
        </Menu>
      </Show>
      <Show when={isGivingReason()}>
        <RemoveSheet remove={(reason) => remove({ reason })} onClose={() => setGivingReason(false)} />
      </Show>
    </li>
  )
}

function Composer() {
  const t = useTexts('chat')
  const words = useProblemWords()
  const room = useRoom()
  const location = useLocation()
  const [text, setText] = createSignal('')
  const [isSending, setSending] = createSignal(false)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  const [waitUntil, setWaitUntil] = createSignal(0)
  const settings = () => room.state().room
  const isSeller = () => room.obstacle() === 'seller'
  const left = () => roomChat.text - [...text()].length
  /** Between two messages of one's own, which may be older than the rule. */
  const slowMs = () => (isSeller() || isStaff() ? 0 : (settings()?.slowModeSeconds ?? 0) * 1_000)
  const paceMs = () => Math.max(roomChat.everyMs, slowMs())
  const lastAt = createMemo(() => {
    const mine = room.state().messages.findLast(({ author }) => author.handle === session.account()?.handle)
    return mine ? Date.parse(mine.at) : -Infinity
  })
  const wait = () => Math.max(0, Math.ceil((Math.max(waitUntil(), lastAt() + paceMs()) - (room.now() ?? 0)) / 1_000))

  /** Why nobody can write here now, in words; null where one can. */
  const shut = () => {
    const chat = settings()
    if (!chat) return null
    if (!chat.chatOpen) return t.closed
    if (isSeller()) return null
    if (chat.chatPaused) return t.paused
    if (chat.chatFrom === 'traders' && !session.isTrader()) return t.traders
    return chat.chatFrom === 'followers' && !room.isFollower() && !isStaff() ? t.followers : null
  }

  async function send(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const message = text().trim()
    if (message === '' || left() < 0 || isSending() || wait() > 0) return
    setSending(true)
    setProblem(null)
    try {
      await room.live()?.sendMessage(message, newKey())
      setText('')
    } catch (thrown) {
      const failed = asProblem(thrown)
      // Too soon is no fault: the line below counts down.
      if (failed.retryAfterMs) setWaitUntil((room.now() ?? 0) + failed.retryAfterMs)
      else setProblem(failed)
    } finally {
      setSending(false)
    }
  }
  onCleanup(() => setProblem(null))

  return (
    <div class="border-t border-line py-3">
      <Show when={problem()}>{(failed) => <ProblemNote {...words(failed())} class="mb-2" />}</Show>
      <Show when={shut()} fallback={<WhoMayWrite />}>
        {(reason) => <p class="py-2 text-center text-ink-soft">{reason()}</p>}
      </Show>
    </div>
  )

  function WhoMayWrite() {
    return (
      <Show
        when={session.state() === 'signed-in' && !session.account()?.suspension}
        fallback={
          <div class="when-visiting text-center">
            <ButtonLink href={logInHref(location.pathname + location.search)}>{t.logIn}</ButtonLink>
          </div>
        }
      >
        <form class="grid gap-1" onSubmit={(event) => void send(event)}>
          <div class="flex items-center gap-2">
            <input
              id="chat-message"
              data-shortcut="chat"
              aria-label={t.label}
              aria-describedby="chat-hint"
              placeholder={t.placeholder}
              value={text()}
              autocomplete="off"
              enterkeyhint="send"
              onInput={(event) => setText(event.currentTarget.value)}
              class="min-h-12 min-w-0 flex-1 rounded-full border border-edge bg-surface px-4 text-lead aria-invalid:border-brick"
              aria-invalid={left() < 0 ? 'true' : undefined}
            />
            <Button
              type="submit"
              look="main"
              aria-label={t.send}
              title={t.send}
              busy={isSending()}
              disabled={text().trim() === '' || left() < 0 || wait() > 0}
              class="size-12 rounded-full! px-0!"
            >
              <Icon of={SendHorizontal} />
            </Button>
          </div>
          {/* Not live: it counts, and would be spoken with every second and letter. A moment's wait is not worth a word. */}
          <p id="chat-hint" class="px-4 text-caption text-ink-faint empty:hidden">
            <Show when={wait() > 1} fallback={left() < 20 ? t.count(left()) : slowText()}>
              {t.wait(wait())}
            </Show>
          </p>
        </form>
      </Show>
    )
  }

  function slowText(): string {
    return slowMs() > 0 ? t.slow(slowMs() / 1_000) : ''
  }
}
