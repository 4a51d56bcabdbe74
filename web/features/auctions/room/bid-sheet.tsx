import { createEffect, createSignal, For, on, onMount, Show } from 'solid-js'
import { auctions as limits } from '../../../../worker/contract/limits.ts'
import { accountsApi } from '../../../api/accounts.ts'
import { answer } from '../../../api/call.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { Button } from '../../../ui/button/button.tsx'
import { RadioField } from '../../../ui/field/radio-field.tsx'
import { CheckField } from '../../../ui/field/tick-field.tsx'
import { TextField } from '../../../ui/field/text-field.tsx'
import { Note } from '../../../ui/problem-note/problem-note.tsx'
import { Sheet } from '../../../ui/sheet/sheet.tsx'
import { amountIn, faultOf, needsConfirmation, quickAmounts } from './amount.ts'
import type { SheetWish } from './bid-bar.tsx'
import { keepBindingRead } from './kept.ts'
import { createReadable } from './readable.ts'
import { useRoom } from './room.tsx'

type Kind = 'exact' | 'max' | 'buy-now'

/** Own amount, maximum, buy-now; and the first bid of a device, which is told that it binds. */
export function BidSheet(props: { wish: SheetWish | null; onClose: () => void }) {
  const t = useTexts('bidding')
  const { raise } = useTexts('room').bid
  const room = useRoom()
  const title = () => {
    if (props.wish && 'firstBid' in props.wish) return t.firstTime.title
    return room.standing() === 'leading' ? raise : t.sheet.title
  }
  return (
    <Sheet open={props.wish !== null} onClose={() => props.onClose()} title={title()}>
      <Show when={props.wish && 'firstBid' in props.wish ? props.wish : null}>
        {(wish) => <FirstBid amount={wish().firstBid} onClose={props.onClose} />}
      </Show>
      <Show when={props.wish && 'kind' in props.wish ? props.wish : null}>
        {(wish) => <OwnAmount kind={wish().kind} onClose={props.onClose} />}
      </Show>
    </Sheet>
  )
}

/** What one would pay for an amount. */
function useTotal(): (amount: number) => string {
  const t = useTexts('bidding').sheet
  const format = useFormat()
  const room = useRoom()
  return (amount) => {
    const { shippingFee, handover } = room.view().terms
    const isFree = handover === 'meet' || shippingFee === 0
    return isFree ? t.totalFree(format.won(amount)) : t.total(format.won(amount + shippingFee))
  }
}

function FirstBid(props: { amount: number; onClose: () => void }) {
  const t = useTexts('bidding').firstTime
  const { justChanged } = useTexts('room').bid
  const format = useFormat()
  const room = useRoom()
  const total = useTotal()
  const minimum = () => room.state().auction.minimumBid ?? props.amount
  // Meanwhile others may have bid: then the amount asked about is the one that is possible now.
  const { amount, isJustChanged, press } = createReadable(
    () => Math.max(props.amount, minimum()),
    // oxlint-disable-next-line solid/reactivity -- what the sheet was opened with
    props.amount,
  )
  const mean = (read: number) => {
    keepBindingRead()
    props.onClose()
    void room.bidding.placeBid({ kind: 'exact', amount: read })
  }
  return (
    <div class="grid gap-4">
      <p class="text-lead text-pretty">{t.text}</p>
      <div class="rounded-card bg-sunken p-4">
        <p class="flex items-baseline justify-between gap-3">
          <span class="text-ink-soft">{t.amount}</span>
          <span class="figures text-title font-extrabold">{format.won(amount())}</span>
        </p>
        <p class="figures mt-1 text-end text-caption text-ink-soft">{total(amount())}</p>
      </div>
      <Button look="main" size="large" wide autofocus onClick={() => press(mean)}>
        {t.confirm(format.won(amount()))}
      </Button>
      <Show when={isJustChanged()}>
        <p role="alert" class="text-center text-caption font-medium text-tangerine-text">
          {justChanged}
        </p>
      </Show>
      <p class="text-center text-caption text-ink-faint">{t.once}</p>
    </div>
  )
}

function OwnAmount(props: { kind: Kind; onClose: () => void }) {
  const t = useTexts('bidding').sheet
  const format = useFormat()
  const room = useRoom()
  const total = useTotal()
  // oxlint-disable-next-line solid/reactivity -- what the sheet was opened for; from there on it is the reader's choice
  const [chosen, setChosen] = createSignal<Kind>(props.kind)
  const [text, setText] = createSignal('')
  const [wasTried, setTried] = createSignal(false)
  const [isAsking, setAsking] = createSignal(false)
  // Null, and not to be ticked, until it is known how the reader has it as a rule.
  const [showName, setShowName] = createSignal<boolean | null>(null)
  const auction = () => room.state().auction
  const minimum = () => auction().minimumBid ?? 0
  const leads = () => room.standing() === 'leading'
  const buyNowPrice = () => (auction().bidCount === 0 ? auction().buyNowPrice : null)
  const kind = (): Kind => {
    if (leads()) return 'max'
    return chosen() === 'buy-now' && buyNowPrice() === null ? 'exact' : chosen()
  }
  const above = () => (leads() ? room.ownMax() : null)
  const amount = () => amountIn(text())
  const fault = () => faultOf(amount(), { minimum: minimum(), above: above() })
  const isNamed = () => room.state().bids.some(({ bidder, name }) => bidder === room.mask() && name !== null)

  createEffect(on(kind, () => setAsking(false), { defer: true }))
  onMount(async () => {
    // Where that cannot be had, nobody is named without having said so here.
    const rule = await answer(accountsApi.preferences.$get()).catch(() => null)
    setShowName(rule?.showBidName ?? false)
  })

  const faultText = () => {
    if (!wasTried() && amount() === null) return undefined
    switch (fault()) {
      case 'empty':
        return t.empty
      case 'not-hundreds':
        return t.notHundreds
      case 'too-low':
        return t.tooLow(format.won(minimum()))
      case 'too-high':
        return t.tooHigh(format.won(limits.bid.max))
      case 'not-higher':
        return t.notHigher(format.won(above() ?? 0))
      default:
        return undefined
    }
  }

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    setTried(true)
    const offered = amount()
    if (fault() !== null || offered === null) return
    if (needsConfirmation(offered, minimum()) && !isAsking()) return void setAsking(true)
    const bid = kind() === 'max' ? 'max' : 'exact'
    keepBindingRead()
    props.onClose()
    void room.bidding.placeBid({
      kind: bid,
      amount: offered,
      // What is left out is taken from the rule, so an empty box has to be said.
      ...(isNamed() ? {} : { showName: showName() ?? false }),
      ...(isAsking() ? { confirm: true } : {}),
    })
  }

  function buy(price: number): void {
    keepBindingRead()
    props.onClose()
    void room.bidding.buyNow(price)
  }

  const options = () => [
    { value: 'exact' as const, label: t.exact },
    { value: 'max' as const, label: t.max },
    ...(buyNowPrice() === null ? [] : [{ value: 'buy-now' as const, label: t.buyNow }]),
  ]

  return (
    <form class="grid gap-5" onSubmit={submit} novalidate>
      <Show when={!leads()}>
        <RadioField label={t.kind} hideLabel row value={kind()} options={options()} onValue={setChosen} />
      </Show>
      <Show
        when={kind() !== 'buy-now'}
        fallback={
          <div class="grid gap-4">
            <p class="text-ink-soft text-pretty">{t.buyNowHelp(format.won(buyNowPrice() ?? 0))}</p>
            <p class="figures text-center text-hero font-extrabold">{format.won(buyNowPrice() ?? 0)}</p>
            <p class="figures text-center text-caption text-ink-soft">{total(buyNowPrice() ?? 0)}</p>
            <Button look="main" size="large" wide onClick={() => buy(buyNowPrice() ?? 0)}>
              {t.submitBuy(format.won(buyNowPrice() ?? 0))}
            </Button>
          </div>
        }
      >
        <p class="-mt-1 text-ink-soft text-pretty">{kind() === 'max' ? t.maxHelp : t.exactHelp}</p>
        <Show
          when={!isAsking()}
          fallback={
            <Note tone="tangerine" title={t.confirmLarge}>
              {t.confirmLargeText(format.won(amount() ?? 0), format.won(minimum()))}
            </Note>
          }
        >
          <div class="grid gap-2">
            <TextField
              label={kind() === 'max' ? t.maxAmount : t.amount}
              hint={above() === null ? t.amountHint(format.won(minimum())) : t.raiseHint(format.won(above() ?? 0))}
              error={faultText()}
              value={amount() === null ? '' : format.number(amount() ?? 0)}
              onValue={setText}
              onBeforeInput={(event) => {
                if (event.inputType === 'insertText' && /\D/.test(event.data ?? '')) event.preventDefault()
              }}
              inputmode="numeric"
              autocomplete="off"
              enterkeyhint="done"
              autofocus
              before={format.wonSign.before}
              unit={format.wonSign.after}
            />
            <ul aria-label={t.quick} class="rail gap-2 py-1">
              <For each={quickAmounts(Math.max(minimum(), (above() ?? 0) + limits.price.step))}>
                {(quick) => (
                  <li>
                    <button
                      type="button"
                      class="figures min-h-11 rounded-full border border-line bg-surface px-4 font-semibold whitespace-nowrap hover:border-edge"
                      onClick={() => setText(String(quick))}
                    >
                      {format.won(quick)}
                    </button>
                  </li>
                )}
              </For>
            </ul>
          </div>
          <Show when={!isNamed()}>
            <CheckField
              label={t.showName}
              hint={t.showNameHelp}
              checked={showName() ?? false}
              disabled={showName() === null}
              onChecked={setShowName}
            />
          </Show>
        </Show>
        <Show when={amount() !== null && fault() === null}>
          <p class="figures text-center text-ink-soft">{total(amount() ?? 0)}</p>
        </Show>
        <div class="grid gap-2">
          <Button
            type="submit"
            look="main"
            size="large"
            wide
            busy={room.bidding.isBusy()}
            disabled={room.state().connection === 'offline' || room.phase() !== 'running'}
          >
            {isAsking()
              ? t.confirmLargeYes(format.won(amount() ?? 0))
              : amount() === null
                ? t.title
                : kind() === 'max'
                  ? t.submitMax(format.won(amount() ?? 0))
                  : t.submitExact(format.won(amount() ?? 0))}
          </Button>
          <Show when={isAsking()}>
            <Button wide onClick={() => setAsking(false)}>
              {t.change}
            </Button>
          </Show>
        </div>
      </Show>
    </form>
  )
}
