import ArrowDown from 'lucide/dist/esm/icons/arrow-down.mjs'
import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show } from 'solid-js'
import { useTexts } from '../../../i18n/i18n.ts'
import { Button } from '../../../ui/button/button.tsx'
import { announce, politeEveryMs } from '../../../ui/live-region/live-region.tsx'
import { RoomAvatar } from '../room-avatar.tsx'
import { useRoomWords } from '../words.ts'
import { createPlace } from './keep-place.ts'
import { MessageLine } from './message-line.tsx'
import { createReader } from './reader.ts'
import { useRoom } from './room-context.ts'
import type { Line } from './timeline.ts'
import { Typing } from './typing.tsx'

/** Older messages are asked for before the reader is up there. */
const askOlderPx = 800

/** What was said, with everything that comes: the reader's place never jumps, and focus never moves by itself. */
export function MessageLog() {
  const t = useTexts('messages')
  const words = useRoomWords()
  const room = useRoom()
  const [below, setBelow] = createSignal(0)
  const place = createPlace({ lines: '[data-line]', onMove: look })
  const lineOf = createMemo(() => new Map(room.lines().map((line) => [line.id, line])))
  const ids = createMemo(() => room.lines().map(({ id }) => id), [], { equals: areSame })
  let log: HTMLDivElement | undefined

  function look(): void {
    if (place.isAtEnd()) {
      setBelow(0)
      markRead()
    }
    if (place.above() < askOlderPx && !room.olderProblem()) void room.loadOlder()
  }

  function markRead(): void {
    if (document.visibilityState === 'visible' && place.isAtEnd()) room.markRead()
  }

  const reader = createReader({ words: t, say: announce, everyMs: politeEveryMs })
  onCleanup(reader.close)
  room.onArrival((message) => {
    if (message.author?.handle === room.me()) return
    const isFolded = room.isFolded(message.author?.handle)
    if (!place.isAtEnd()) setBelow((count) => count + 1)
    if (message.notice) announce(words.noticeOf(message))
    else reader.hear(words.nameOf(message.author), isFolded ? t.folded : words.contentOf(message))
  })
  // Whoever writes wants to see it.
  createEffect(
    on(
      () => room.outgoing().at(-1)?.key,
      (key) => key !== undefined && place.toEnd(),
      { defer: true },
    ),
  )
  createEffect(on([ids, () => room.view().invited], () => requestAnimationFrame(look)))
  onMount(() => {
    const first = log?.querySelector<HTMLElement>('[data-first-unread]')
    place.toEnd()
    if (first) place.show(first)
    document.addEventListener('visibilitychange', markRead)
    onCleanup(() => document.removeEventListener('visibilitychange', markRead))
  })

  return (
    <div class="relative min-h-0 flex-1">
      <div
        ref={(element) => {
          log = element
          place.box(element)
        }}
        role="log"
        aria-label={t.log}
        aria-live="off"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabindex="0"
        onScroll={place.onScroll}
        class="h-full overflow-y-auto overscroll-contain [overflow-anchor:none] focus-visible:-outline-offset-3"
      >
        <div ref={place.content} class="flex min-h-full flex-col justify-end px-3 pt-4 pb-3 md:px-6">
          <Top />
          <ol class="flex flex-col">
            <For each={ids()}>{(id) => <Keyed id={id} lines={lineOf()} />}</For>
          </ol>
          <Typing />
        </div>
      </div>
      <Show when={!place.isAtEnd()}>
        <div class="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
          <Button
            size="small"
            look={below() > 0 ? 'main' : 'plain'}
            icon={ArrowDown}
            class="pointer-events-auto rounded-full! shadow-lift enter-up"
            onClick={() => {
              place.toEnd()
              look()
            }}
          >
            <>{below() > 0 ? t.newBelow(below()) : t.toEnd}</>
          </Button>
        </div>
      </Show>
    </div>
  )

  /** Before the first message there is more, or the beginning. */
  function Top() {
    return (
      <Show
        when={!room.hasOlder()}
        fallback={
          <Show
            when={room.olderProblem()}
            fallback={
              <p aria-busy={room.isLoadingOlder()} class="py-4 text-center text-caption text-ink-faint">
                {t.older}
              </p>
            }
          >
            <div class="flex flex-col items-center gap-2 py-4">
              <p class="text-brick">{t.olderFailed}</p>
              <Button size="small" onClick={() => void room.loadOlder()}>
                {t.more}
              </Button>
            </div>
          </Show>
        }
      >
        <Show when={ids().length > 0} fallback={<EmptyRoom />}>
          <p class="pb-4 text-center text-caption text-ink-faint">{t.beginning}</p>
        </Show>
      </Show>
    )
  }

  function EmptyRoom() {
    return (
      <div class="my-auto flex flex-col items-center gap-3 py-10 text-center">
        <RoomAvatar row={room.view()} />
        <p class="text-lead font-semibold">{t.empty.room}</p>
        <p class="text-ink-soft">{t.empty.roomText}</p>
      </div>
    )
  }
}

function Keyed(props: { id: string; lines: ReadonlyMap<string, Line> }) {
  const line = createMemo<Line | undefined>((before) => props.lines.get(props.id) ?? before, undefined, {
    equals: isSame,
  })
  return <Show when={line()}>{(line) => <MessageLine line={line()} />}</Show>
}

function areSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, index) => id === other[index])
}

function isSame(one: Line | undefined, other: Line | undefined): boolean {
  return (
    one !== undefined &&
    other !== undefined &&
    (Object.keys(one) as (keyof Line)[]).every((name) => one[name] === other[name])
  )
}
