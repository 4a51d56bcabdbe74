import { expect, test } from 'vitest'
import { desktop, journey, phone, Stage, type Visitor } from './visitor.ts'

journey('what staff decides', () => {
  const stage = new Stage()
  const press = ({ page }: Visitor, name: string) => page.getByRole('button', { name, exact: true }).first().click()

  async function staff(handle: string, name: string, role: 'moderator' | 'admin'): Promise<Visitor> {
    const person = await stage.person(handle, name)
    await stage.site.ask('POST', `/dev/accounts/${handle}`, { body: { role } })
    return stage.signedIn(person, desktop)
  }

  test('is read by the person concerned, who appeals, and somebody else undoes it', async () => {
    const person = await stage.person('loud.one', '시끌이')
    const theirs = await stage.signedIn(person, phone)
    const deciding = await staff('first.staff', '먼저 본 이', 'moderator')

    await deciding.page.goto('/staff')
    await deciding.page.getByLabel('아이디, 이름, 계정 번호').fill('loud')
    await press(deciding, '찾기')
    await deciding.page.getByRole('link', { name: /시끌이/ }).click()
    await press(deciding, '정지하기')
    const until = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 16)
    await deciding.page.getByLabel('언제까지').fill(until)
    await deciding.page.getByLabel('근거').selectOption('spam')
    await deciding.page.getByLabel('사실').fill('같은 글을 스무 번 올렸어요.')
    await deciding.shoot('staff-suspends-desktop')
    await press(deciding, '확인')
    await deciding.page
      .getByText(/까지 정지/)
      .first()
      .waitFor()
    await deciding.page.getByRole('button', { name: '정지 풀기' }).waitFor()

    // The way from a shut page leads to the reasons.
    await theirs.page.goto('/sell')
    await theirs.page.getByRole('link', { name: '이유를 읽고 이의 제기하기' }).click()
    await theirs.reads('같은 글을 스무 번 올렸어요.')
    await press(theirs, '이의 제기하기')
    await press(theirs, '보내기')
    await theirs.reads('내용을 적어 주세요.')
    await theirs.page.getByLabel('무엇이 사실과 다른가요?').fill('서로 다른 물건이에요.')
    await theirs.shoot('appeal-phone')
    await press(theirs, '보내기')
    await theirs.page.getByText(/답을 기다리고 있어요/).waitFor()

    // Not by who decided.
    await deciding.page.goto('/staff/appeals')
    await deciding.reads('다른 운영자가 답해야 해요.')
    const answering = await staff('second.staff', '다시 본 이', 'moderator')
    await answering.page.goto('/staff/appeals')
    await answering.reads('서로 다른 물건이에요.')
    await press(answering, '답하기')
    await answering.page.getByRole('radio', { name: /취소하기/ }).check()
    await answering.page.getByLabel('이유').fill('다른 물건이 맞아요.')
    await answering.shoot('staff-answers-desktop')
    await press(answering, '확인')
    await answering.reads('이의가 없어요')

    await theirs.page.reload()
    await theirs.reads('다른 물건이 맞아요.')
    await theirs.page.goto('/sell')
    await theirs.page.getByRole('heading', { level: 1 }).waitFor()
    expect(await theirs.page.getByRole('link', { name: '이유를 읽고 이의 제기하기' }).count()).toBe(0)
  })

  test('is kept, for admins to read', async () => {
    const admin = await staff('main.admin', '관리하는 이', 'admin')
    await admin.page.goto('/staff/audit')
    await admin.page.getByText(/같은 글을 스무 번 올렸어요/).waitFor()
    await admin.shoot('staff-audit-desktop')
    const nobody = await stage.signedIn(await stage.person('curious.one', '궁금이'), phone)
    nobody.expected.push(/status of 403/)
    await nobody.page.goto('/staff')
    await nobody.reads('이 계정으로는 할 수 없는 일이에요')
    expect(await nobody.page.getByRole('navigation', { name: '운영' }).count()).toBe(0)
  })
})
