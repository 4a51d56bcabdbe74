import Clock from 'lucide/dist/esm/icons/clock.mjs'
import CircleAlert from 'lucide/dist/esm/icons/circle-alert.mjs'
import EyeOff from 'lucide/dist/esm/icons/eye-off.mjs'
import ShieldAlert from 'lucide/dist/esm/icons/shield-alert.mjs'
import { createSignal, For, type JSX, Show } from 'solid-js'
import type { MessageView } from '../../../../worker/contract/chat.ts'
import { serverNow } from '../../../api/server-clock.ts'
import { useInbox } from '../../../api/inbox.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Avatar } from '../../../ui/avatar/avatar.tsx'
import { Button } from '../../../ui/button/button.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { Link } from '../../../ui/link/link.tsx'
import { MessagePictures } from '../pictures.tsx'
import { dayOf, useRoomWords } from '../words.ts'
import { OwnActions } from './own-actions.tsx'
import { useRoom } from './room-context.ts'
import { type Line, timeOf } from './timeline.ts'

/** One message, with what stands before it: a new day, the place up to which all was read. */
export function MessageLine(props: { line: Line }) {
  const t = useTexts('messages')
  return (
    <li data-line class={props.line.isFirst ? 'mt-4 first:mt-0' : 'mt-1'}>
      <Show when={props.line.day}>{(at) => <Day at={at()} />}</Show>
      <Show when={props.line.isFirstUnread}>
        <p
          data-first-unread
          class="mb-4 flex items-center gap-3 text-caption font-semibold text-tangerine-text before:h-px before:flex-1 before:bg-tangerine after:h-px after:flex-1 after:bg-tangerine"
        >
          {t.unreadLine}
        </p>
      </Show>
      <Show when={props.line.message?.notice} fallback={<Spoken line={props.line} />}>
        <Notice message={props.line.message as MessageView} />
      </Show>
    </li>
  )
}

function Day(props: { at: string }) {
  const t = useTexts('messages')
  const format = useFormat()
  const words = () => {
    const ago = dayOf(serverNow()) - dayOf(props.at)
    return ago === 0 ? t.today : ago === 1 ? t.yesterday : format.date(props.at)
  }
  return (
    <p class="mb-4 text-center text-caption text-ink-faint">
      <span class="inline-block rounded-full bg-sunken px-3 py-1 font-medium text-ink-soft">
        <time dateTime={props.at}>{words()}</time>
      </span>
    </p>
  )
}

function Notice(props: { message: MessageView }) {
  const words = useRoomWords()
  return (
    <p class="mx-auto max-w-md text-center text-caption text-pretty text-ink-faint">{words.noticeOf(props.message)}</p>
  )
}

function Spoken(props: { line: Line }) {
  const words = useRoomWords()
  const room = useRoom()
  const author = () => props.line.message?.author ?? null
  const person = () => room.view().people.find(({ handle }) => handle === author()?.handle)
  const showsName = () => !props.line.isMine && props.line.isFirst && room.view().kind === 'group'
  return (
    <Show when={!props.line.isMine} fallback={<Own line={props.line} />}>
      <div class="flex gap-2">
        <div class="w-9 shrink-0">
          <Show when={props.line.isFirst}>
            <Show
              when={person()}
              fallback={
                <Avatar name={words.nameOf(author())} handle={author()?.handle ?? ''} picture={null} class="size-9!" />
              }
            >
              {(person) => (
                <Link bare href={`/users/${person().handle}`} aria-label={person().name} class="flex rounded-full">
                  <Avatar name={person().name} handle={person().handle} picture={person().picture} class="size-9!" />
                </Link>
              )}
            </Show>
          </Show>
        </div>
        <div class="flex min-w-0 flex-1 flex-col items-start">
          <p class={showsName() ? 'mb-1 ps-1 text-caption font-semibold text-ink-soft' : 'sr-only'}>
            {words.nameOf(author())}
          </p>
          <Foldable isFolded={room.isFolded(author()?.handle)}>
            <div class="flex max-w-full items-end gap-2">
              <Body line={props.line} />
              <Side line={props.line} />
            </div>
            <Hints message={props.line.message} />
          </Foldable>
        </div>
      </div>
    </Show>
  )
}

function Own(props: { line: Line }) {
  const t = useTexts('messages')
  return (
    // A tap shows what can be done with it, as pointing does elsewhere.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- not in the order of Tab
    <div class="group flex flex-col items-end focus:outline-none" tabindex="-1">
      <p class="sr-only">{t.you}</p>
      <div class="flex max-w-full items-end gap-1.5">
        <Side line={props.line} />
        <div class="relative">
          <Body line={props.line} />
          <Show when={!props.line.message?.deleted && props.line.message}>
            {(message) => <OwnActions message={message()} />}
          </Show>
        </div>
      </div>
      <Show when={props.line.outgoing?.failed}>{(code) => <Failed line={props.line} code={code()} />}</Show>
      <Hints message={props.line.message} />
    </div>
  )
}

/** The words or the pictures themselves. */
function Body(props: { line: Line }) {
  const t = useTexts('messages')
  const said = () => props.line.message ?? props.line.outgoing
  const images = () => said()?.images ?? []
  const shape = () =>
    props.line.isMine
      ? `bg-tangerine text-on-tangerine selection:bg-on-tangerine selection:text-tangerine ${props.line.isLast ? 'rounded-ee-[5px]' : ''}`
      : `bg-sunken text-ink ${props.line.isLast ? 'rounded-es-[5px]' : ''}`
  return (
    <Show
      when={!props.line.message?.deleted}
      fallback={
        <p class="rounded-[20px] border border-dashed border-line px-3.5 py-2 text-ink-faint italic">{t.deleted}</p>
      }
    >
      <Show
        when={images().length === 0}
        fallback={
          <div class={props.line.outgoing ? 'opacity-60' : undefined}>
            <MessagePictures images={images()} />
          </div>
        }
      >
        <p
          class={`max-w-[min(34rem,78vw)] min-w-0 rounded-[20px] px-3.5 py-2 whitespace-pre-wrap forced-colors:border ${shape()} ${
            props.line.outgoing?.failed === null ? 'opacity-75' : ''
          }`}
        >
          <Linked text={said()?.text ?? ''} />
        </p>
      </Show>
    </Show>
  )
}

/** Beside the bubble, small: when, whether it was read, whether it is on its way. */
function Side(props: { line: Line }) {
  const t = useTexts('messages')
  const format = useFormat()
  const inbox = useInbox()
  const isOnItsWay = () => props.line.outgoing?.failed === null
  return (
    <p
      class={`flex shrink-0 flex-col pb-0.5 text-caption leading-4 text-ink-faint ${props.line.isMine ? 'items-end' : 'items-start'}`}
    >
      <Show when={isOnItsWay()}>
        <span class="flex items-center gap-1">
          <Icon of={Clock} class="size-3" />
          {inbox.state().connection === 'live' ? t.sending : t.waiting}
        </span>
      </Show>
      <Show when={props.line.isReadMark}>
        <span class="font-semibold text-tangerine-text">{t.read}</span>
      </Show>
      <Show when={props.line.message?.editedAt && !props.line.message.deleted}>
        <span>{t.edited}</span>
      </Show>
      <Show when={props.line.message}>
        <time dateTime={timeOf(props.line)} class={`figures whitespace-nowrap ${props.line.isLast ? '' : 'sr-only'}`}>
          {format.time(timeOf(props.line))}
        </time>
      </Show>
    </p>
  )
}

function Failed(props: { line: Line; code: string }) {
  const t = useTexts('messages')
  const words = useProblemWords()
  const room = useRoom()
  const key = () => props.line.id
  return (
    <div class="mt-1 flex flex-wrap items-center justify-end gap-2 text-caption text-brick">
      <p class="flex items-center gap-1 font-semibold">
        <Icon of={CircleAlert} class="size-4" />
        {t.failed}: {words({ code: props.code }).title}
      </p>
      <Button size="small" look="dangerQuiet" onClick={() => room.retry(key())}>
        {t.retry}
      </Button>
      <Button size="small" look="quiet" onClick={() => room.discard(key())}>
        {t.discard}
      </Button>
    </div>
  )
}

/** In deal rooms: what a text may lure to. */
function Hints(props: { message: MessageView | null }) {
  const t = useTexts('messages')
  return (
    <For each={props.message?.hints ?? []}>
      {(hint) => (
        <p class="mt-1.5 flex max-w-sm items-start gap-2 rounded-control bg-sky-tint px-3 py-2 text-caption text-pretty text-sky">
          <Icon of={ShieldAlert} class="mt-0.5 size-4" />
          {t.hints[hint]}
        </p>
      )}
    </For>
  )
}

/** What somebody wrote whom one has blocked is there for those who want to know. */
function Foldable(props: { isFolded: boolean; children: JSX.Element }) {
  const t = useTexts('messages')
  const [isOpen, setOpen] = createSignal(false)
  return (
    <Show
      when={!props.isFolded || isOpen()}
      fallback={
        <p class="flex items-center gap-2 rounded-[20px] border border-dashed border-line ps-3.5 text-ink-faint">
          <Icon of={EyeOff} class="size-4" />
          {t.folded}
          <Button size="small" look="quiet" onClick={() => setOpen(true)}>
            {t.unfold}
          </Button>
        </p>
      }
    >
      {props.children}
    </Show>
  )
}

const address = /(https?:\/\/[^\s<>"']+[^\s<>"'.,!?;:)\]])/

/** Addresses in a text can be followed; everything else of it is plain text. */
function Linked(props: { text: string }) {
  return (
    <For each={props.text.split(address)}>
      {(part, index) => (
        <Show when={index() % 2 === 1} fallback={<>{part}</>}>
          <a href={part} target="_blank" rel="nofollow ugc noopener external" class="underline underline-offset-2">
            {part}
          </a>
        </Show>
      )}
    </For>
  )
}
