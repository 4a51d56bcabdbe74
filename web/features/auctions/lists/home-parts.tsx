import Armchair from 'lucide/dist/esm/icons/armchair.mjs'
import Baby from 'lucide/dist/esm/icons/baby.mjs'
import Camera from 'lucide/dist/esm/icons/camera.mjs'
import ChefHat from 'lucide/dist/esm/icons/chef-hat.mjs'
import Dumbbell from 'lucide/dist/esm/icons/dumbbell.mjs'
import Eye from 'lucide/dist/esm/icons/eye.mjs'
import PawPrint from 'lucide/dist/esm/icons/paw-print.mjs'
import Refrigerator from 'lucide/dist/esm/icons/refrigerator.mjs'
import ScrollText from 'lucide/dist/esm/icons/scroll-text.mjs'
import Shapes from 'lucide/dist/esm/icons/shapes.mjs'
import Shirt from 'lucide/dist/esm/icons/shirt.mjs'
import Timer from 'lucide/dist/esm/icons/timer.mjs'
import Footprints from 'lucide/dist/esm/icons/footprints.mjs'
import { For } from 'solid-js'
import { useTexts } from '../../../i18n/i18n.ts'
import { Icon, type IconShape } from '../../../ui/icon/icon.tsx'
import { Link } from '../../../ui/link/link.tsx'
import { listHref } from './queries.ts'

const categories = [
  ['digital', Camera],
  ['appliance', Refrigerator],
  ['furniture', Armchair],
  ['kitchen', ChefHat],
  ['baby', Baby],
  ['women', Shirt],
  ['men', Footprints],
  ['sport', Dumbbell],
  ['pet', PawPrint],
  ['other', Shapes],
] as const

/** The ways into the list, one for each category. */
export function Categories() {
  const t = useTexts('auctions')
  const home = useTexts('home')
  return (
    <section aria-labelledby="home-categories">
      <h2 id="home-categories" class="text-heading font-extrabold">
        {home.categories}
      </h2>
      <ul class="mt-4 grid grid-cols-5 gap-x-1 gap-y-3 lg:grid-cols-10">
        <For each={categories}>
          {([code, icon]) => (
            <li>
              <Link
                bare
                href={listHref({ category: code })}
                class="group flex flex-col items-center gap-1.5 rounded-card py-1 text-center text-caption font-medium text-ink-soft hover:text-ink"
              >
                <span class="grid size-13 place-items-center rounded-full bg-tangerine-tint text-tangerine-text transition-colors group-hover:bg-tangerine group-hover:text-on-tangerine md:size-15">
                  <Icon of={icon} class="size-6" />
                </span>
                {t.categories[code]}
              </Link>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}

/** Why one can bid here. */
export function Trust() {
  const t = useTexts('home').trust
  const points: [IconShape, string, string][] = [
    [Eye, t.price, t.priceText],
    [Timer, t.close, t.closeText],
    [ScrollText, t.ledger, t.ledgerText],
  ]
  return (
    <section aria-labelledby="home-trust" class="rounded-card bg-sunken p-6 md:p-10">
      <h2 id="home-trust" class="text-title font-extrabold">
        {t.title}
      </h2>
      <ul class="mt-5 grid gap-6 md:grid-cols-3 md:gap-8">
        <For each={points}>
          {([icon, title, text]) => (
            <li class="grid grid-cols-[auto_1fr] gap-x-3">
              <span class="row-span-2 text-tangerine-text">
                <Icon of={icon} class="size-6" />
              </span>
              <h3 class="font-bold">{title}</h3>
              <p class="text-ink-soft text-pretty">{text}</p>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}
