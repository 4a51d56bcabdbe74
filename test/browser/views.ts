import type { Page } from 'playwright-core'
import type { Eyes, Market } from './market.ts'
import { file } from './making.ts'

/** One thing to look at: a page, or what opens on it. */
export interface View {
  name: string
  path: string
  as?: Eyes
  /** Brings the page to what is to be seen, in any language. */
  open?: (page: Page) => Promise<unknown>
  /** Puts back what `open` has changed beyond this page. */
  close?: (page: Page) => Promise<unknown>
  /** The answer of the page itself, where it is not 200. */
  status?: number
  /** Larger screens show it without a tab. */
  isOnPhonesOnly?: boolean
}

const menu = (nth: number) => (page: Page) => page.locator('header details:visible > summary').nth(nth).click()
const lastMenu = (page: Page) => page.locator('header details:visible > summary').last().click()
const tab = (nth: number) => (page: Page) => page.getByRole('tab').nth(nth).click()
const key = (name: string) => async (page: Page) => {
  await page.locator('[data-shortcut]').first().waitFor()
  await page.keyboard.press(name)
}
const press = (selector: string) => (page: Page) => page.locator(selector).first().click()

async function openSheet(page: Page, selector: string): Promise<void> {
  await page.locator(selector).first().click()
  await page.locator('dialog[open]').waitFor()
}

/** Everything a person can come to see, and as whom. `picture` is a photograph to sell something with. */
export function viewsOf(market: Market, picture: Buffer): View[] {
  const { auctions, rooms } = market
  const at = (name: keyof Market['auctions']) => `/auctions/${auctions[name]}`
  return [
    { name: 'home', path: '/' },
    { name: 'home-as-buyer', path: '/', as: 'buyer' },
    { name: 'sheet-recommendation', path: '/', as: 'buyer', open: openMenuOfCard },
    { name: 'home-recommendation-dismissed', path: '/', as: 'buyer', open: dismissCard },
    { name: 'menu-of-theme', path: '/', open: menu(1) },
    { name: 'menu-of-account', path: '/', as: 'buyer', open: lastMenu },
    { name: 'list', path: '/auctions' },
    { name: 'list-filtered', path: '/auctions?category=digital&sort=newest' },
    { name: 'list-search', path: `/auctions?search=${encodeURIComponent('카메라')}` },
    { name: 'list-without-results', path: '/auctions?search=zzzzqqqq' },
    { name: 'search', path: '/search' },
    { name: 'search-found', path: `/search?q=${encodeURIComponent('카메라')}` },
    { name: 'search-found-as-buyer', path: `/search?q=${encodeURIComponent('탁자 위의 불빛')}`, as: 'buyer' },
    { name: 'search-suggestions', path: '/search', as: 'buyer', open: suggest },
    { name: 'search-without-results', path: '/search?q=zzzzqqqq' },
    { name: 'search-people', path: '/search?type=people&q=j', as: 'buyer' },
    { name: 'search-people-as-visitor', path: '/search?type=people&q=j' },

    { name: 'auction-running', path: at('running') },
    { name: 'auction-running-as-buyer', path: at('running'), as: 'buyer' },
    { name: 'auction-running-as-seller', path: at('running'), as: 'seller' },
    { name: 'auction-running-as-newcomer', path: at('running'), as: 'newcomer' },
    { name: 'auction-running-as-suspended', path: at('running'), as: 'suspended' },
    { name: 'auction-chat', path: at('running'), as: 'buyer', open: tab(1) },
    { name: 'auction-about', path: at('running'), open: tab(2), isOnPhonesOnly: true },
    { name: 'auction-rules', path: at('running'), open: tab(3), isOnPhonesOnly: true },
    { name: 'auction-without-bids', path: at('quiet'), as: 'buyer' },
    { name: 'auction-with-reserve', path: at('reserved'), as: 'buyer' },
    { name: 'auction-scheduled', path: at('scheduled') },
    { name: 'auction-related', path: at('running'), open: scrollToRelated },
    { name: 'auction-sold', path: at('sold') },
    { name: 'auction-sold-as-winner', path: at('sold'), as: 'buyer' },
    { name: 'auction-unsold', path: at('unsold') },
    { name: 'auction-unsold-as-seller', path: at('unsold'), as: 'seller' },
    { name: 'auction-cancelled', path: at('cancelled') },
    { name: 'deals', path: '/deals', as: 'buyer' },
    { name: 'deals-none', path: '/deals', as: 'newcomer' },
    { name: 'deals-as-suspended', path: '/deals', as: 'suspended' },
    { name: 'deal', path: `/deals/${market.deal}`, as: 'buyer' },
    { name: 'deal-history', path: `/deals/${market.deal}`, as: 'buyer', open: openAll },
    { name: 'deal-accept', path: `/deals/${market.deal}`, as: 'buyer', open: takeStep(0) },
    { name: 'deal-propose', path: `/deals/${market.deal}`, as: 'buyer', open: takeStep(1) },
    { name: 'deal-refuse', path: `/deals/${market.deal}`, as: 'buyer', open: refuse },
    { name: 'review', path: `/deals/${market.finished}/review`, as: 'buyer' },
    { name: 'review-of-a-grade', path: `/deals/${market.finished}/review`, as: 'buyer', open: chooseGrade },
    { name: 'review-not-now', path: `/deals/${market.deal}/review`, as: 'buyer' },
    { name: 'reviews-own', path: '/settings/reviews', as: 'buyer' },
    { name: 'reviews-received', path: '/users/jeju.attic/reviews' },
    { name: 'settings-manner', path: '/settings/manner', as: 'buyer' },
    { name: 'decisions', path: '/settings/decisions', as: 'suspended' },
    { name: 'decisions-none', path: '/settings/decisions', as: 'buyer' },
    { name: 'decisions-appeal', path: '/settings/decisions', as: 'suspended', open: press('main li button') },
    { name: 'staff', path: '/staff', as: 'staff' },
    { name: 'staff-found', path: '/staff?search=owl', as: 'staff' },
    { name: 'staff-account', path: `/staff/accounts/${market.account}`, as: 'staff' },
    {
      name: 'sheet-staff-lifts',
      path: `/staff/accounts/${market.account}`,
      as: 'staff',
      open: (page) => openSheet(page, 'main section button'),
    },
    { name: 'staff-appeals', path: '/staff/appeals', as: 'staff' },
    { name: 'staff-cases', path: '/staff/cases?state=closed', as: 'staff' },
    { name: 'staff-audit', path: '/staff/audit', as: 'staff' },
    { name: 'offers', path: '/deals/offers', as: 'buyer' },
    { name: 'offers-made', path: '/deals/offers?role=made', as: 'seller' },
    { name: 'notifications', path: '/notifications', as: 'buyer' },
    { name: 'notifications-unread', path: '/notifications?unread=true', as: 'buyer' },
    { name: 'notifications-clear', path: '/notifications', as: 'buyer', open: askToClear },
    { name: 'settings-notifications', path: '/settings/notifications', as: 'buyer' },
    { name: 'settings-notifications-without-mail', path: '/settings/notifications', as: 'seller', open: turnQuiet },
    { name: 'auction-void', path: at('void') },
    { name: 'auction-picture', path: at('running'), open: press('main button:has(picture)') },
    {
      name: 'auction-offline',
      path: at('quiet'),
      as: 'buyer',
      open: cutLine,
      close: (page) => page.context().setOffline(false),
    },
    {
      name: 'sheet-first-bid',
      path: at('reserved'),
      as: 'buyer',
      open: (page) => openSheet(page, '[data-shortcut=bid]'),
    },
    { name: 'sheet-amount', path: at('reserved'), as: 'buyer', open: (page) => openSheet(page, '[data-shortcut=max]') },
    { name: 'sheet-large-amount', path: at('quiet'), as: 'buyer', open: offerMuch },
    { name: 'sheet-buy-now', path: at('quiet'), as: 'buyer', open: openBuyNow },
    { name: 'sheet-manage', path: at('running'), as: 'seller', open: (page) => openSheet(page, '[data-shortcut=bid]') },
    {
      name: 'sheet-phone',
      path: at('running'),
      as: 'newcomer',
      open: (page) => openSheet(page, '[data-shortcut=bid]'),
    },
    { name: 'sheet-keys', path: at('running'), as: 'buyer', open: key('?') },

    { name: 'ledger', path: `${at('sold')}/ledger` },
    { name: 'ledger-verified', path: `${at('sold')}/ledger`, as: 'buyer', open: verify },
    { name: 'ledger-replay', path: `${at('sold')}/ledger#replay`, as: 'buyer', open: replay },
    { name: 'ledger-running', path: `${at('running')}/ledger` },

    { name: 'sell', path: '/sell', as: 'buyer' },
    { name: 'sell-with-picture', path: '/sell', as: 'buyer', open: (page) => addPicture(page, picture) },
    { name: 'sell-with-faults', path: '/sell', as: 'buyer', open: press('main form button[type=submit]') },
    { name: 'sell-draft', path: `/sell/${auctions.draft}`, as: 'seller' },
    { name: 'sell-as-visitor', path: '/sell' },
    { name: 'sell-as-suspended', path: '/sell', as: 'suspended' },
    { name: 'mine', path: '/mine', as: 'buyer' },
    ...['selling', 'draft', 'sold', 'won', 'liked'].map((role): View => ({
      name: `mine-${role}`,
      path: `/mine?role=${role}`,
      as: role === 'won' ? 'buyer' : 'seller',
    })),

    { name: 'messages', path: '/messages', as: 'buyer' },
    { name: 'messages-requests', path: '/messages?folder=requests', as: 'buyer' },
    { name: 'messages-without-deals', path: '/messages?folder=deals', as: 'newcomer' },
    { name: 'messages-as-visitor', path: '/messages' },
    { name: 'messages-as-suspended', path: '/messages', as: 'suspended' },
    { name: 'messages-search', path: '/messages', as: 'buyer', open: findRoom },
    { name: 'sheet-new-room', path: '/messages', as: 'buyer', open: findPerson },
    { name: 'messages-direct', path: `/messages/${rooms.direct}`, as: 'buyer' },
    { name: 'messages-group', path: `/messages/${rooms.group}`, as: 'buyer' },
    { name: 'messages-asked', path: `/messages/${rooms.asked}`, as: 'buyer' },
    { name: 'messages-own-actions', path: `/messages/${rooms.direct}`, as: 'buyer', open: openOwnActions },
    { name: 'messages-editing', path: `/messages/${rooms.direct}`, as: 'buyer', open: beginEditing },
    {
      name: 'messages-offline',
      path: `/messages/${rooms.direct}`,
      as: 'buyer',
      open: (page) =>
        page
          .context()
          .setOffline(true)
          .then(() => page.locator('[data-offline]').waitFor()),
      close: (page) => page.context().setOffline(false),
    },
    {
      name: 'sheet-members',
      path: `/messages/${rooms.group}`,
      as: 'buyer',
      open: (page) => openSheet(page, 'main header:has(h1) > button'),
    },

    { name: 'profile', path: '/users/jeju.attic' },
    { name: 'profile-own', path: '/users/gyul_minji', as: 'buyer' },
    { name: 'profile-followed', path: '/users/jeju.attic', as: 'buyer' },
    { name: 'profile-private', path: `/users/${market.recluse}`, as: 'buyer' },
    { name: 'menu-of-person', path: '/users/jeju.attic', as: 'buyer', open: press('main details > summary') },
    { name: 'sheet-block', path: '/users/jeju.attic', as: 'buyer', open: askToBlock },
    { name: 'follows', path: '/users/gyul_minji/follows', as: 'buyer' },
    { name: 'followers', path: '/users/gyul_minji/followers', as: 'buyer' },
    { name: 'followers-as-visitor', path: '/users/gyul_minji/followers' },
    { name: 'follow-requests', path: '/settings/follow-requests', as: 'newcomer' },
    { name: 'follow-requests-empty', path: '/settings/follow-requests', as: 'buyer' },
    { name: 'settings-blocked', path: '/settings/blocked', as: 'buyer' },
    { name: 'settings-muted', path: '/settings/muted', as: 'buyer' },
    { name: 'settings-muted-empty', path: '/settings/muted', as: 'seller' },
    { name: 'settings-as-private', path: '/settings', as: 'newcomer' },
    { name: 'profile-edit', path: '/settings/profile', as: 'buyer' },
    { name: 'settings', path: '/settings', as: 'buyer' },
    { name: 'settings-as-suspended', path: '/settings', as: 'suspended' },
    { name: 'settings-sign-ins', path: '/settings/sign-ins', as: 'buyer' },
    { name: 'settings-password', path: '/settings/password', as: 'buyer' },
    { name: 'settings-phone', path: '/settings/phone', as: 'buyer' },
    { name: 'settings-phone-as-newcomer', path: '/settings/phone', as: 'newcomer' },
    { name: 'settings-preferences', path: '/settings/preferences', as: 'buyer' },
    { name: 'settings-collected', path: '/settings/preferences', as: 'buyer', open: press('main summary') },
    {
      name: 'sheet-forget',
      path: '/settings/preferences',
      as: 'buyer',
      open: (page) => openSheet(page, 'main section button'),
    },
    { name: 'sign-up', path: '/sign-up' },
    { name: 'sign-up-with-faults', path: '/sign-up', open: press('main form button[type=submit]') },
    { name: 'sign-up-confirm', path: '/sign-up/confirm' },
    { name: 'log-in', path: '/log-in' },
    { name: 'forgot-password', path: '/forgot-password' },
    { name: 'reset-password', path: '/reset-password' },

    { name: 'terms', path: '/terms' },
    { name: 'privacy', path: '/privacy' },
    { name: 'rules', path: '/rules' },
    { name: 'about', path: '/about' },
    { name: 'problem', path: '/problems/bid-too-low' },
    { name: 'not-found', path: '/nothing/here', status: 404 },
    { name: 'not-an-auction', path: '/auctions/auc_00000000000000000000', status: 404 },
  ]
}

async function openBuyNow(page: Page): Promise<void> {
  await openSheet(page, '[data-shortcut=max]')
  await page.locator('dialog[open] label:has(input[type=radio])').last().click()
}

/** The nth button of what comes next. */
const takeStep = (nth: number) => async (page: Page) => {
  const steps = page.locator('main section').first().getByRole('button')
  await steps.first().waitFor()
  await steps.nth(nth).click()
  await page.locator('dialog[open]').waitFor()
}

async function openAll(page: Page): Promise<void> {
  const parts = page.locator('main details > summary')
  await parts.first().waitFor()
  for (const part of await parts.all()) await part.click()
}

async function refuse(page: Page): Promise<void> {
  await page.locator('main details > summary').first().click()
  await openSheet(page, 'main details .text-brick')
}

async function askToClear(page: Page): Promise<void> {
  await page.locator('main ul li').first().waitFor()
  await openSheet(page, 'main button:has-text("지우기"), main button:has-text("Clear")')
}

/** Nothing is kept: other windows of the same account are looked at meanwhile. */
async function turnQuiet(page: Page): Promise<void> {
  await page.route('**/api/notifications/preferences', (route) =>
    route.request().method() === 'PUT'
      ? route.fulfill({ json: route.request().postDataJSON() as object })
      : route.continue(),
  )
  const answered = page.waitForResponse((response) => response.request().method() === 'PUT')
  await page.getByRole('switch').last().click()
  await page.locator('input[type=time]').first().waitFor()
  await answered
  await page.unrouteAll({ behavior: 'wait' })
}

/** Far more than the next bid, so that it is asked about. */
async function offerMuch(page: Page): Promise<void> {
  await openSheet(page, '[data-shortcut=max]')
  await page.locator('dialog[open] input[inputmode=numeric]').fill('99999900')
  await page.locator('dialog[open] button[type=submit]').click()
  await page.locator('dialog[open] input[inputmode=numeric]').waitFor({ state: 'detached' })
}

async function askToBlock(page: Page): Promise<void> {
  await page.locator('main details > summary').first().click()
  await openSheet(page, 'main [data-menu-list] li:last-child button')
}

async function cutLine(page: Page): Promise<void> {
  await page.locator('[data-shortcut=bid]:enabled').waitFor()
  await page.context().setOffline(true)
  await page.locator('[data-shortcut=bid]:disabled').waitFor()
}

async function verify(page: Page): Promise<void> {
  await page.locator('main section button').first().click()
  await page.locator('main [aria-busy=false] ol').waitFor()
}

/** In the middle of the bidding, and standing still there. */
async function replay(page: Page): Promise<void> {
  const stage = page.locator('#replay')
  const buttons = stage.getByRole('button')
  await buttons.nth(1).click()
  await stage.getByRole('slider').fill('0')
  for (let event = 0; event < 3; event++) await buttons.last().click()
  await stage.locator('ol').first().locator('li').nth(1).waitFor()
}

async function findRoom(page: Page): Promise<void> {
  const answered = page.waitForResponse(/chats\/rooms\?.*search=/)
  await page.locator('main input[type=search]').fill('플리')
  await answered
}

async function findPerson(page: Page): Promise<void> {
  await openSheet(page, 'main header button')
  await page.locator('dialog[open] input[type=search]').fill('lamp')
  await page.locator('dialog[open] li button').first().waitFor()
}

async function openOwnActions(page: Page): Promise<void> {
  const actions = page.locator('[data-line] summary').last()
  await actions.focus()
  await page.keyboard.press('Enter')
  await page.locator('[data-line] details[open]').waitFor()
}

async function beginEditing(page: Page): Promise<void> {
  await openOwnActions(page)
  await page.locator('[data-line] details[open] button').nth(1).click()
  await page.locator('form #message').waitFor()
}

async function addPicture(page: Page, picture: Buffer): Promise<void> {
  await page.locator('input[type=file][multiple]').setInputFiles([file('lamp.jpg', picture)])
  await page.waitForFunction(() => {
    const shown = document.querySelector<HTMLImageElement>('#pictures img')
    return shown !== null && shown.naturalWidth > 0 && !document.querySelector('#pictures [role=progressbar]')
  })
}

/** Types into the field of the page: the header's is hidden on phones, the page's where there are words. */
async function suggest(page: Page): Promise<void> {
  await page.locator('main input[data-suggest]').pressSequentially('카')
  await page.locator('main [role=option]').first().waitFor()
  await page.keyboard.press('ArrowDown')
}

async function openMenuOfCard(page: Page): Promise<void> {
  await page.locator('#for-you').waitFor()
  await openSheet(page, 'section[aria-labelledby=for-you] article p + button')
}

/** The server is not told: the next window shall find the same cards. */
async function dismissCard(page: Page): Promise<void> {
  await page.route('**/api/recommendations/feedback', (route) => route.fulfill({ status: 204 }))
  await openMenuOfCard(page)
  const answered = page.waitForResponse(/recommendations\/feedback/)
  await page.locator('dialog[open] .grid button').first().click()
  await answered
  await page.unrouteAll({ behavior: 'wait' })
}

/** What is alike among so few things is the index's affair; here it is how it looks. */
async function scrollToRelated(page: Page): Promise<void> {
  await page.route('**/api/recommendations/related?*', async (route) => {
    const answer = await page.request.get('/api/auctions?limit=6')
    const { items } = (await answer.json()) as { items: unknown[] }
    await route.fulfill({ json: { items: items.map((auction) => ({ kind: 'auction', auction })), degraded: false } })
  })
  await page.reload()
  await page.locator('main h1').waitFor()
  await page.keyboard.press('End')
  await page.locator('#related').waitFor()
  await page.unrouteAll({ behavior: 'wait' })
}

/** The first face, and what goes with it. */
async function chooseGrade(page: Page): Promise<void> {
  await page.locator('main fieldset label').first().click()
  await page.locator('main input[type=checkbox]').first().waitFor({ state: 'attached' })
}
