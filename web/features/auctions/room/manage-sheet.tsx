import { createEffect, createResource, createSignal, For, on, Show } from 'solid-js'
import type { ChatMessage, RoomSettings } from '../../../../worker/contract/auctions.ts'
import { auctions as limits, roomChat } from '../../../../worker/contract/limits.ts'
import { answer, newKey } from '../../../api/call.ts'
import { type ApiProblem, asProblem } from '../../../api/problem.ts'
import { session } from '../../../api/session.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Button } from '../../../ui/button/button.tsx'
import { RadioField } from '../../../ui/field/radio-field.tsx'
import { SelectField } from '../../../ui/field/select-field.tsx'
import { SwitchField } from '../../../ui/field/tick-field.tsx'
import { TextAreaField, TextField } from '../../../ui/field/text-field.tsx'
import { Note, ProblemNote } from '../../../ui/problem-note/problem-note.tsx'
import { Sheet } from '../../../ui/sheet/sheet.tsx'
import { Tabs } from '../../../ui/tabs/tabs.tsx'
import { showToast } from '../../../ui/toast/toast.tsx'
import { auctionsApi } from '../api.ts'
import { useRoom } from './room.tsx'

type Part = 'note' | 'chat' | 'bans' | 'end'

const slowModes = ['0', '3', '10', '30', '60', '120'] as const

const api = () => auctionsApi(session.call).auctions[':id']

/** The seller's hand on an open auction. `banning` opens it with that person's ban at hand. */
export function ManageSheet(props: { open: boolean; banning: ChatMessage | null; onClose: () => void }) {
  const t = useTexts('manage')
  const room = useTexts('room')
  const format = useFormat()
  const { view } = useRoom()
  const [part, setPart] = createSignal<Part>('note')
  createEffect(
    on(
      () => props.banning,
      (banning) => {
        if (banning) setPart('bans')
      },
    ),
  )
  return (
    <Sheet open={props.open} onClose={() => props.onClose()} title={room.manage} size="wide">
      <Show when={view().reservePrice}>
        {(price) => <p class="mb-3 text-caption text-ink-soft">{t.reserve(format.won(price()))}</p>}
      </Show>
      <Tabs<Part>
        label={t.tabs.label}
        value={part()}
        onValue={setPart}
        panelClass="pt-5"
        tabs={[
          { value: 'note', label: t.tabs.note, content: () => <AddNote /> },
          { value: 'chat', label: t.tabs.chat, content: () => <ChatSettings /> },
          { value: 'bans', label: t.tabs.bans, content: () => <Bans banning={props.banning} /> },
          { value: 'end', label: t.tabs.end, content: () => <Cancel onDone={props.onClose} /> },
        ]}
      />
    </Sheet>
  )
}

/** One thing done at a time, with its problem beside it. */
function createDoing() {
  const words = useProblemWords()
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  return {
    isBusy,
    problem,
    async run(act: () => Promise<unknown>, done?: string): Promise<boolean> {
      setBusy(true)
      setProblem(null)
      try {
        await act()
        if (done) showToast({ text: done, tone: 'leaf' })
        return true
      } catch (thrown) {
        setProblem(asProblem(thrown))
        return false
      } finally {
        setBusy(false)
      }
    },
    Problem: () => <Show when={problem()}>{(failed) => <ProblemNote {...words(failed())} />}</Show>,
  }
}

function AddNote() {
  const t = useTexts('manage').note
  const room = useRoom()
  const doing = createDoing()
  const [text, setText] = createSignal('')
  /** Of the words that stand there: sent again because no answer came, they are not said twice. */
  let key = newKey()
  const left = () => limits.note - [...text().trim()].length

  function write(words: string): void {
    setText(words)
    key = newKey()
  }

  async function send(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const json = { text: text().trim() }
    if (json.text === '' || left() < 0) return
    const keyed = { headers: { 'idempotency-key': key } }
    const isDone = await doing.run(
      () => answer(api().notes.$post({ param: { id: room.view().id }, json }, keyed)),
      t.sent,
    )
    if (isDone) write('')
    // A refusal stays that key's answer.
    else if (doing.problem()?.isJudged) key = newKey()
  }

  return (
    <form class="grid gap-4" onSubmit={(event) => void send(event)}>
      <TextAreaField
        label={t.label}
        hint={t.help}
        value={text()}
        onValue={write}
        aside={`${[...text()].length}/${limits.note}`}
        rows={3}
      />
      <doing.Problem />
      <Button type="submit" look="main" busy={doing.isBusy()} disabled={text().trim() === '' || left() < 0}>
        {t.send}
      </Button>
    </form>
  )
}

function ChatSettings() {
  const t = useTexts('manage').chat
  const room = useRoom()
  const doing = createDoing()
  const settings = () => room.state().room
  const change = (json: RoomSettings) =>
    void doing.run(() => answer(api().room.$patch({ param: { id: room.view().id }, json })), t.saved)
  return (
    <Show when={settings()}>
      {(chat) => (
        <div class="grid gap-5">
          <SwitchField
            label={t.paused}
            hint={t.pausedHelp}
            checked={chat().chatPaused}
            onChecked={(chatPaused) => change({ chatPaused })}
          />
          <SelectField
            label={t.slow}
            value={String(chat().slowModeSeconds)}
            options={[...new Set([...slowModes, String(chat().slowModeSeconds)])].map((value) => ({
              value,
              label: value === '0' ? t.slowOff : t.slowEvery(Number(value)),
            }))}
            onValue={(value) => change({ slowModeSeconds: Number(value) })}
          />
          <RadioField
            label={t.from}
            value={chat().chatFrom}
            options={[
              { value: 'all', label: t.all },
              { value: 'traders', label: t.traders },
              { value: 'followers', label: t.followers },
            ]}
            onValue={(chatFrom) => change({ chatFrom })}
          />
          <doing.Problem />
        </div>
      )}
    </Show>
  )
}

function Bans(props: { banning: ChatMessage | null }) {
  const t = useTexts('manage').bans
  const room = useRoom()
  const bids = useTexts('room').bids
  const doing = createDoing()
  const param = () => ({ id: room.view().id })
  const words = useProblemWords()
  const common = useTexts('common')
  const [bans, { refetch }] = createResource(() => answer(api().bans.$get({ param: param() })))
  const [number, setNumber] = createSignal('')
  const [reason, setReason] = createSignal('')
  const bidders = () => [...new Set(room.state().bids.map(({ bidder }) => bidder))].sort((a, b) => a - b)

  async function ban(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const target = props.banning
      ? ({ scope: 'chat', who: props.banning.author.handle } as const)
      : ({ scope: 'bids', who: number() } as const)
    if (target.who === '' || reason().trim() === '') return
    const json = { scope: target.scope, reason: reason().trim() }
    const who = { ...param(), who: target.who }
    const isDone = await doing.run(() => answer(api().bans[':who'].$put({ param: who, json })), t.banned)
    if (!isDone) return
    setReason('')
    await refetch()
  }

  async function unban(who: string, scope: 'chat' | 'bids'): Promise<void> {
    await doing.run(
      () => answer(api().bans[':who'].$delete({ param: { ...param(), who }, query: { scope } })),
      t.unbanned,
    )
    await refetch()
  }

  return (
    <div class="grid gap-6">
      <form class="grid gap-4" onSubmit={(event) => void ban(event)}>
        <h3 class="font-bold">{props.banning ? t.banChat(props.banning.author.name) : t.bidder}</h3>
        <Show when={!props.banning}>
          <p class="-mt-2 text-caption text-ink-soft">{t.bidderHelp}</p>
          <SelectField
            label={t.number}
            placeholder={t.choose}
            value={number()}
            options={bidders().map((bidder) => ({ value: String(bidder), label: bids.bidder(bidder) }))}
            onValue={setNumber}
          />
        </Show>
        <TextField
          label={t.reason}
          placeholder={t.reasonPlaceholder}
          maxlength={roomChat.banReason}
          value={reason()}
          onValue={setReason}
        />
        <doing.Problem />
        <Button
          type="submit"
          look="danger"
          busy={doing.isBusy()}
          disabled={reason().trim() === '' || (!props.banning && number() === '')}
        >
          {t.ban}
        </Button>
      </form>
      <section>
        <h3 class="font-bold">{t.list}</h3>
        <Show
          when={!bans.error}
          fallback={
            <ProblemNote
              {...words(asProblem(bans.error))}
              action={<Button onClick={() => void refetch()}>{common.retry}</Button>}
            />
          }
        >
          <ul class="mt-2 grid gap-2">
            <For each={bans.latest?.items} fallback={<li class="text-ink-soft">{bans.loading ? '' : t.empty}</li>}>
              {(one) => (
                <li class="flex items-center justify-between gap-3 rounded-control border border-line p-3">
                  <div class="min-w-0">
                    <p class="font-semibold">
                      {one.scope === 'bids' ? bids.bidder(Number(one.who)) : `@${one.who}`} · {t.scopes[one.scope]}
                    </p>
                    <p class="text-caption text-ink-soft">{one.reason}</p>
                  </div>
                  <Button size="small" busy={doing.isBusy()} onClick={() => void unban(one.who, one.scope)}>
                    {t.unban}
                  </Button>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </section>
    </div>
  )
}

function Cancel(props: { onDone: () => void }) {
  const t = useTexts('manage').end
  const room = useRoom()
  const doing = createDoing()
  const [reason, setReason] = createSignal('')
  const isScheduled = () => room.phase() === 'scheduled'

  async function cancel(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const param = { id: room.view().id }
    const json = { reason: reason().trim() }
    if (!isScheduled() && json.reason === '') return
    const keyed = { headers: { 'idempotency-key': newKey() } }
    const isDone = await doing.run(
      () =>
        json.reason === '' ? answer(api().$delete({ param })) : answer(api().cancel.$post({ param, json }, keyed)),
      t.done,
    )
    if (!isDone) return
    props.onDone()
    void room.reload()
  }

  return (
    <Show when={room.state().auction.bidCount === 0} fallback={<Note tone="sky" title={t.hasBids} />}>
      <form class="grid gap-4" onSubmit={(event) => void cancel(event)}>
        <p class="text-ink-soft">{isScheduled() ? t.scheduledHelp : t.runningHelp}</p>
        <TextAreaField
          label={t.reason}
          optional={isScheduled()}
          maxlength={limits.cancelReason}
          value={reason()}
          onValue={setReason}
          rows={2}
        />
        <p class="text-caption text-ink-soft">{t.confirm}</p>
        <doing.Problem />
        <Button type="submit" look="danger" busy={doing.isBusy()} disabled={!isScheduled() && reason().trim() === ''}>
          {t.cancel}
        </Button>
      </form>
    </Show>
  )
}
