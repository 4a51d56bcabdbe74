import BadgeCheck from 'lucide/dist/esm/icons/badge-check.mjs'
import Link2 from 'lucide/dist/esm/icons/link-2.mjs'
import Pencil from 'lucide/dist/esm/icons/pencil.mjs'
import { createSignal, For, type JSX, onMount, Show } from 'solid-js'
import type { Profile } from '../../../worker/contract/profiles.ts'
import { standings } from '../../api/standings.ts'
import { session } from '../../api/session.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { Avatar } from '../../ui/avatar/avatar.tsx'
import { Chip } from '../../ui/chip/chip.tsx'
import { Icon } from '../../ui/icon/icon.tsx'
import { ButtonLink, Link } from '../../ui/link/link.tsx'
import { MannerMeter } from './manner.tsx'
import type { PersonActions } from './routes.tsx'

/** A person as others see them. What they sell comes from outside, since auctions are another feature. */
export function ProfilePage(
  props: PageProps<{ profile: Profile; readBy: string | null }> & { selling: JSX.Element; actions: PersonActions },
) {
  const t = useTexts('profiles')
  const format = useFormat()
  const profile = () => props.data.profile
  const isOwn = () => session.account()?.handle === profile().handle
  const isEditable = () => isOwn() && !session.account()?.suspension
  const standing = () => (session.account() && !isOwn() ? standings.of(profile().handle) : null)
  const isOpen = () => profile().isPublic || isOwn() || standing()?.isFollowing === true
  /** With what the reader has just done, as far as this answer does not have it yet. */
  const followers = () => {
    const { followersCount, isFollowing } = profile()
    const now = props.data.readBy === session.account()?.handle ? standing() : null
    return now ? followersCount + Number(now.isFollowing) - Number(isFollowing) : followersCount
  }
  const reviews = () => {
    const { best, good, poor, bad } = profile().grades
    return best + good + poor + bad
  }
  const pathOf = (list: string) => `/users/${profile().handle}/${list}`
  const [isAwake, setAwake] = createSignal(false)
  onMount(() => setAwake(true))
  return (
    <div class="column grid gap-8 py-6 md:grid-cols-[18rem_minmax(0,1fr)] lg:gap-12 md:py-10">
      <section class="flex flex-col gap-5 md:sticky md:top-20 md:self-start">
        <div class="flex items-center gap-4 md:flex-col md:items-start">
          <Avatar name={profile().name} handle={profile().handle} picture={profile().picture} size="huge" />
          <div class="min-w-0">
            <h1 class="text-heading font-extrabold">{profile().name}</h1>
            <p class="text-ink-faint">@{profile().handle}</p>
            <p class="mt-2 flex flex-wrap gap-1.5">
              <Show when={profile().suspended}>
                <Chip tone="brick">{t.suspended}</Chip>
              </Show>
              <Chip
                tone={profile().phoneVerified ? 'leaf' : 'plain'}
                {...(profile().phoneVerified ? { icon: BadgeCheck } : {})}
              >
                {profile().phoneVerified ? t.verified : t.unverified}
              </Chip>
            </p>
          </div>
        </div>
        <dl class="flex flex-wrap gap-x-6">
          <Count name={t.follows} count={profile().followsCount} href={isOpen() ? pathOf('follows') : null} />
          <Count name={t.followers} count={followers()} href={isOpen() ? pathOf('followers') : null} />
        </dl>
        <Show when={isAwake() && !isOwn()}>
          <div class="min-h-11">
            <props.actions profile={profile()} readBy={props.data.readBy} />
          </div>
        </Show>
        <Show when={profile().bio}>
          <p class="whitespace-pre-line text-pretty">{profile().bio}</p>
        </Show>
        <Show when={profile().links?.length}>
          <ul aria-label={t.linksLabel} class="flex flex-col">
            <For each={profile().links}>
              {(url) => (
                <li>
                  <a
                    href={url}
                    rel="nofollow ugc noopener external"
                    target="_blank"
                    class="inline-flex min-h-11 max-w-full items-center gap-2 font-medium text-tangerine-text hover:underline"
                  >
                    <Icon of={Link2} class="size-4" />
                    <span class="truncate">{url.replace(/^https:\/\//, '').replace(/\/$/, '')}</span>
                  </a>
                </li>
              )}
            </For>
          </ul>
        </Show>
        <div>
          <MannerMeter score={profile().manner.score} band={profile().manner.band} />
          <Link href={pathOf('reviews')} class="inline-flex min-h-11 items-center">
            {t.reviews(format.number(reviews()))}
          </Link>
        </div>
        <dl aria-label={t.counts} class="flex flex-wrap gap-x-8 gap-y-2 border-t border-line pt-4">
          <Show when={profile().deals !== null}>
            <div>
              <dt class="text-caption text-ink-faint">{t.deals}</dt>
              <dd class="figures text-lead font-bold">{format.number(profile().deals ?? 0)}</dd>
            </div>
            <div>
              <dt class="text-caption text-ink-faint">{t.noShows}</dt>
              <dd class="figures text-lead font-bold">{format.number(profile().noShows ?? 0)}</dd>
            </div>
          </Show>
        </dl>
        <Show when={profile().joinedAt} fallback={<p class="text-caption text-ink-faint">{t.private}</p>}>
          {(at) => <p class="text-caption text-ink-faint">{t.joined(format.date(at()))}</p>}
        </Show>
        <Show when={isEditable()}>
          <ButtonLink href="/settings/profile" icon={Pencil}>
            {t.edit}
          </ButtonLink>
        </Show>
      </section>
      <section aria-labelledby="selling" class="min-w-0">
        <h2 id="selling" class="mb-4 text-title font-bold">
          {t.selling}
        </h2>
        {props.selling}
      </section>
    </div>
  )
}

/** How many there are; a link to who they are, where the reader may see that. */
function Count(props: { name: string; count: number; href: string | null }) {
  const format = useFormat()
  return (
    <div class="flex min-h-11 items-center gap-1.5">
      <dt class="text-ink-soft">{props.name}</dt>
      <dd class="figures font-bold">
        <Show when={props.href} fallback={format.number(props.count)}>
          {(href) => (
            <Link
              bare
              href={href()}
              aria-label={`${props.name} ${format.number(props.count)}`}
              class="inline-flex min-h-11 min-w-8 items-center underline decoration-line underline-offset-4 hover:decoration-ink"
            >
              {format.number(props.count)}
            </Link>
          )}
        </Show>
      </dd>
    </div>
  )
}

export function profileHead({ data, texts, format }: HeadContext<{ profile: Profile }>): PageHead {
  const { name, handle, manner, bio, picture } = data.profile
  return {
    title: `${name} (@${handle})`,
    description: bio || texts('profiles').description(name, format.score(manner.score)),
    kind: 'profile',
    canonical: `/users/${handle}`,
    image: picture?.share ?? null,
    structured: {
      '@context': 'https://schema.org',
      '@type': 'ProfilePage',
      mainEntity: { '@type': 'Person', name, alternateName: handle, ...(bio ? { description: bio } : {}) },
    },
  }
}
