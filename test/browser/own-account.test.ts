import { expect, test } from 'vitest'
import { join as signUp } from '../run/demo/joining.ts'
import { palette } from '../run/demo/pictures/paint.ts'
import { pottedPlant } from '../run/demo/pictures/objects/life.ts'
import { photograph } from '../run/demo/pictures/render.ts'
import { room } from '../run/demo/pictures/rooms.ts'
import { file, fillIn, openAuction } from './making.ts'
import { desktop, journey, phone, Stage, type Visitor } from './visitor.ts'

const [first, second, third] = ['window-3-maple!', 'pebble-5-harbor!', 'saddle-9-orchid!']

/** What a browser says of itself where the server is the one to refuse: a sign-in that is over, a link that is spent. */
const refused = (status: number) => new RegExp(`the server responded with a status of ${status}`)

journey('an account in the hands of its owner', () => {
  const stage = new Stage()

  test('is opened by the link in the mail, watches over its sign-ins, and gets a new password by mail', async () => {
    const email = 'link.opener@example.com'
    const seller = await stage.person('sells.to.linked', '파는 사람')
    const auction = await openAuction(seller, { title: '편지로 온 램프' })

    const mobile = await stage.visitor('by-link-mobile', phone)
    // On a slow line one writes before the page has woken up, and nothing of that is lost.
    const wakeUp = await mobile.openAsleep('/sign-up')
    await mobile.page.getByLabel('이메일', { exact: true }).last().fill(email)
    await fillIn(mobile.page, '링크로 온 사람', first)
    await wakeUp()
    await mobile.page.getByRole('button', { name: '인증 메일 받기' }).click()
    await mobile.reads('메일을 확인해 주세요')
    const link = await stage.linkTo(email, '/sign-up/confirm')
    await mobile.page.goto(link)
    await mobile.reads('링크로 온 사람 님, 환영해요.')
    expect(new URL(mobile.page.url()).hash).toBe('')

    // The link worked once. Whoever opens it again is told so, and what to do.
    const late = await stage.visitor('opens-link-again', phone)
    late.expected.push(refused(409))
    await late.page.goto(link)
    await late.reads('더는 쓸 수 없는 링크예요')
    await late.page.getByRole('link', { name: '처음부터 가입하기' }).waitFor()

    // A computer signs in, too; its owner sees it on the phone and ends it: at once it is a visitor's.
    const computer = await stage.visitor('by-link-computer', desktop)
    await logIn(computer, email, first)
    await computer.page.goto(`/auctions/${auction.id}`)
    await computer.page.getByRole('button', { name: '휴대폰 인증하고 입찰하기' }).waitFor()
    computer.expected.push(refused(401))
    await mobile.page.goto('/settings/sign-ins')
    await expect.poll(() => mobile.page.getByRole('main').getByRole('listitem').count()).toBe(2)
    await mobile.page.getByText('지금 쓰는 기기').waitFor()
    await mobile.shoot('sign-ins')
    await mobile.page.getByRole('button', { name: /로그인 끝내기$/ }).click()
    await mobile.reads('로그인을 끝냈어요.')
    await mobile.reads('다른 기기가 없어요')
    await computer.page.getByRole('link', { name: '로그인하고 입찰하기' }).waitFor()
    await computer.page.getByRole('banner').getByRole('link', { name: '로그인' }).waitFor()

    // A changed password ends all sign-ins but the one it was changed with.
    await logIn(computer, email, first)
    await computer.page.goto('/settings')
    await computer.page.getByText(email).waitFor()
    await mobile.page.goto('/settings/password')
    await mobile.page.getByLabel('지금 비밀번호').fill('not-the-right-1!')
    await mobile.page.getByLabel('새 비밀번호', { exact: true }).fill(second)
    mobile.expected.push(refused(422))
    await mobile.page.getByRole('button', { name: '바꾸기', exact: true }).click()
    await mobile.page.locator('input[name=current][aria-invalid=true]').waitFor()
    await mobile.shoot('wrong-password')
    await mobile.page.getByLabel('지금 비밀번호').fill(first)
    await mobile.page.getByRole('button', { name: '바꾸기', exact: true }).click()
    await mobile.reads('비밀번호를 바꿨어요.')
    await computer.page.goto('/settings/sign-ins')
    await computer.reads('로그인하면 볼 수 있어요')

    // Forgotten, it is set anew by a link; then the old one is good for nothing. The phone's live line ends with its sign-in.
    mobile.expected.push(refused(401))
    await computer.page.goto('/forgot-password')
    await computer.page.getByLabel('이메일', { exact: true }).last().fill(email)
    await computer.page.getByRole('button', { name: '링크 받기' }).click()
    await computer.reads('메일을 보냈어요')
    await computer.page.goto(await stage.linkTo(email, '/reset-password'))
    await computer.page.getByLabel('새 비밀번호', { exact: true }).fill(third)
    await computer.page.getByRole('button', { name: '비밀번호 바꾸기' }).click()
    await computer.reads('새 비밀번호로 로그인해 주세요')
    await computer.page.waitForURL(/\/log-in$/)
    await attempt(computer, email, second)
    await computer.reads('로그인 정보가 맞지 않아요')
    await attempt(computer, email, third)
    await computer.page.waitForURL((url) => url.pathname !== '/log-in')
    // The phone, which had changed it before, is out as well.
    await mobile.page.goto('/settings/sign-ins')
    await mobile.reads('로그인하면 볼 수 있어요')
  })

  test('gets a new password by phone, and moves to another number', async () => {
    const { site } = stage
    const mover = await signUp(site, stage.memory, {
      handle: 'moves.number',
      name: '번호 바꾼 사람',
      bio: '',
      days: 120,
    })
    const visitor = await stage.visitor('moves.number', phone)
    const { page } = visitor
    const wakeUp = await visitor.openAsleep('/forgot-password')
    await page.getByText('휴대폰 번호', { exact: true }).click()
    await wakeUp()
    await prove(visitor, mover.login)
    await page.getByLabel('새 비밀번호', { exact: true }).fill(third)
    await visitor.shoot('new-password-by-phone')
    await page.getByRole('button', { name: '비밀번호 바꾸기' }).click()
    await page.waitForURL(/\/log-in$/)
    await attempt(visitor, mover.login, third)
    await page.waitForURL((url) => url.pathname !== '/log-in')

    await page.goto('/settings/phone')
    await visitor.reads('휴대폰을 인증했어요')
    await page.getByRole('button', { name: '다른 번호로 바꾸기' }).click()
    await prove(visitor, '010-3000-0011')
    await visitor.reads('번호를 바꿨어요.')
    await visitor.reads(/부터 다시 바꿀 수 있어요/)
    expect(await page.getByRole('button', { name: '다른 번호로 바꾸기' }).count()).toBe(0)
    await visitor.shoot('phone-changed')

    // From now on the new number signs in, however it is typed, and the old one does not.
    const other = await stage.visitor('signs-in-by-phone', phone)
    other.expected.push(refused(401))
    await other.page.goto('/log-in')
    await attempt(other, mover.login, third)
    await other.reads('로그인 정보가 맞지 않아요')
    await attempt(other, '010 3000 0011', third)
    await other.page.waitForURL((url) => url.pathname !== '/log-in')
  })

  test('shows itself as it likes: profile with a picture, preferences', async () => {
    const person = await stage.person('plain.name', '이름만 있는 사람')
    const watched = await openAuction(await stage.person('sells.to.plain', '화분 파는 사람'))
    // Whoever saw the page before the change sees the change, too.
    const passer = await stage.visitor('reads-profile', desktop)
    await passer.page.goto('/users/plain.name')
    await passer.page.getByRole('heading', { name: '이름만 있는 사람' }).waitFor()

    const visitor = await stage.signedIn(person, phone)
    const { page } = visitor
    await page.goto('/settings/profile')
    const plant = await photograph((b) => pottedPlant(b, palette.leaf), room('sand', 'plain'), { side: 640 })
    await page.locator('input[type=file]').setInputFiles(file('me.jpg', plant))
    const crop = page.getByRole('dialog')
    await crop.getByRole('slider', { name: '확대' }).fill('1.6')
    await visitor.shoot('profile-crop')
    await crop.getByRole('button', { name: '이대로 쓰기' }).click()
    await page.getByRole('button', { name: '사진 지우기' }).waitFor()
    await page.getByLabel('이름', { exact: true }).fill('화분 키우는 사람')
    await page.getByLabel(/^소개/).fill('베란다에서 식물을 키워요.')
    await page.getByLabel(/^링크 1/).fill('example.com/plants')
    await visitor.shoot('profile-edit')
    await page.getByRole('button', { name: '저장', exact: true }).click()
    await visitor.reads('프로필을 저장했어요.')

    await passer.page.reload()
    await passer.page.getByRole('heading', { name: '화분 키우는 사람' }).waitFor()
    await passer.reads('베란다에서 식물을 키워요.')
    expect(await passer.page.getByRole('link', { name: /example\.com\/plants/ }).getAttribute('href')).toBe(
      'https://example.com/plants',
    )
    const portrait = passer.page.getByRole('main').locator('picture img').first()
    await expect.poll(() => portrait.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(100)
    await passer.shoot('profile-of-another')

    // Out of the list of those present, and under one's own name when bidding.
    await passer.page.goto(`/auctions/${watched.id}`)
    await page.goto(`/auctions/${watched.id}`)
    await passer.page.getByText('2명 보는 중').click()
    await passer.reads('화분 키우는 사람')
    await page.goto('/settings/preferences')
    await page.getByText('경매방 참가자 목록에 내 이름 보이기').click()
    await visitor.reads('저장했어요.')
    await page.getByRole('main').getByText('어둡게', { exact: true }).click()
    await page.reload()
    expect(await page.getByRole('switch', { name: /참가자 목록에 내 이름/ }).isChecked()).toBe(false)
    expect(await page.getByRole('radio', { name: '어둡게' }).isChecked()).toBe(true)
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
    await page.goto(`/auctions/${watched.id}`)
    await passer.page.getByText('2명 보는 중').waitFor()
    await passer.reads('이름 없이 보는 2명')
    expect(await passer.page.getByText('화분 키우는 사람').count()).toBe(0)

    // The language follows to another document, and to the letters.
    await page.goto('/settings/preferences')
    await page.getByRole('main').getByText('English', { exact: true }).click()
    await page.waitForURL(/\/en\/settings\/preferences$/)
    await page.getByRole('heading', { name: 'Preferences' }).waitFor()
    await visitor.shoot('preferences-in-english')
  })

  async function logIn(visitor: Visitor, login: string, word: string): Promise<void> {
    await visitor.page.goto('/log-in')
    await attempt(visitor, login, word)
    await visitor.page.waitForURL((url) => url.pathname !== '/log-in')
  }

  async function attempt({ page }: Visitor, login: string, word: string): Promise<void> {
    await page.getByLabel('이메일 또는 휴대폰 번호').fill(login)
    await page.getByLabel('비밀번호', { exact: true }).fill(word)
    await page.getByRole('button', { name: '로그인' }).click()
  }

  /** Number and code, wherever they are asked for. */
  async function prove({ page }: Visitor, number: string): Promise<void> {
    const to = `+82${number.replaceAll(/\D/g, '').slice(1)}`
    const before = (await stage.site.letters(to)).length
    await page.getByRole('textbox', { name: '휴대폰 번호' }).fill(number)
    await page.getByRole('button', { name: '인증번호 받기' }).click()
    await page.getByLabel('인증번호 6자리').fill(await stage.site.code(to, before))
  }
})
