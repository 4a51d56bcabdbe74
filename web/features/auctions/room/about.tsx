import BadgeCheck from 'lucide/dist/esm/icons/badge-check.mjs'
import Megaphone from 'lucide/dist/esm/icons/megaphone.mjs'
import { For, type JSX, Show } from 'solid-js'
import { session } from '../../../api/session.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { Avatar } from '../../../ui/avatar/avatar.tsx'
import { Chip } from '../../../ui/chip/chip.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { Link } from '../../../ui/link/link.tsx'
import { useRoom } from './room.tsx'

/** What is sold, by whom, and what the seller has added since. */
export function About() {
  const t = useTexts('room').about
  const lists = useTexts('auctions')
  const format = useFormat()
  const room = useRoom()
  const terms = () => room.view().terms
  return (
    <div class="grid gap-6 py-5">
      <Show when={room.state().notes.length > 0}>
        <section aria-labelledby="about-notes" class="rounded-card bg-sky-tint p-4">
          <h3 id="about-notes" class="flex items-center gap-2 font-bold text-sky">
            <Icon of={Megaphone} />
            {t.notes}
          </h3>
          <ul class="mt-2 grid gap-3">
            <For each={room.state().notes}>
              {(note) => (
                <li>
                  <p class="whitespace-pre-line">{note.text}</p>
                  <time dateTime={note.at} class="figures text-caption text-ink-soft">
                    {format.dateTime(note.at)}
                  </time>
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>
      <p class="text-lead whitespace-pre-line">{terms().content}</p>
      <dl class="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2.5">
        <Fact name={t.category}>
          <Show when={terms().category}>
            {(category) => <Link href={`/auctions?category=${category()}`}>{lists.categories[category()]}</Link>}
          </Show>
        </Fact>
        <Fact name={t.condition}>
          <Show when={terms().condition}>{(condition) => <>{lists.conditions[condition()]}</>}</Show>
        </Fact>
        <Fact name={t.defects}>
          <span class="whitespace-pre-line">{terms().defects || t.noDefects}</span>
        </Fact>
        <Fact name={t.handover}>
          <Show when={terms().handover}>{(handover) => <>{t.handovers[handover()]}</>}</Show>
        </Fact>
        <Show when={terms().handover !== 'meet'}>
          <Fact name={t.shipping}>{terms().shippingFee > 0 ? format.won(terms().shippingFee) : t.shippingFree}</Fact>
        </Show>
        <Show when={terms().region}>{(region) => <Fact name={t.region}>{region()}</Fact>}</Show>
      </dl>
      <Seller />
    </div>
  )
}

function Fact(props: { name: string; children: JSX.Element }) {
  return (
    <>
      <dt class="text-ink-faint">{props.name}</dt>
      <dd class="min-w-0 font-medium">{props.children}</dd>
    </>
  )
}

/** Who sells it: the whole card leads to the profile. */
export function Seller() {
  const t = useTexts('room').about
  const format = useFormat()
  const room = useRoom()
  const seller = () => room.view().seller
  return (
    <section
      aria-label={t.seller}
      class="relative flex flex-wrap items-center gap-3 rounded-card border border-line bg-surface p-4"
    >
      <Avatar name={seller().name} handle={seller().handle} picture={seller().picture} />
      <div class="min-w-40 flex-1">
        <p class="flex flex-wrap items-center gap-1.5">
          <Link
            bare
            href={`/users/${seller().handle}`}
            class="truncate font-bold after:absolute after:inset-0 hover:underline"
          >
            {seller().name}
          </Link>
          <Show when={seller().phoneVerified}>
            <Icon of={BadgeCheck} class="size-4 text-leaf" label={t.verified} />
          </Show>
        </p>
        <p class="text-caption text-ink-soft">
          {t.manner(format.score(seller().manner.score))} · {t.bands[seller().manner.band]} · {t.deals(seller().deals)}
          <Show when={seller().noShows > 0}> · {t.noShows(seller().noShows)}</Show>
        </p>
        <Show when={seller().suspended}>
          <p class="mt-1">
            <Chip tone="brick">{t.suspendedSeller}</Chip>
          </p>
        </Show>
      </div>
      <span class="figures text-caption text-ink-faint">{t.selling(seller().selling)}</span>
      <Show when={session.state() === 'signed-in' && session.account()?.handle !== seller().handle}>
        <div class="relative">
          <room.FollowSeller handle={seller().handle} name={seller().name} size="small" />
        </div>
      </Show>
    </section>
  )
}
