import type { Member } from './cast.ts'
import { password } from './cast.ts'
import { Person } from './client.ts'
import type { Site } from './client.ts'
import type { Memory } from './memory.ts'
import { photograph } from './pictures/render.ts'

const day = 86_400_000

/** Signs up with a verified phone, as far back as the member says; somebody already known just comes back. */
export async function join(site: Site, memory: Memory, member: Member): Promise<Person> {
  const known = memory.people[member.handle]
  if (known) return new Person(site, member, known.login)
  const phone = `010${String(20_000_000 + Object.keys(memory.people).length).padStart(8, '0')}`
  // Claimed at once: several people join at the same time.
  memory.people[member.handle] = { login: member.email ?? phone }
  const at = Date.now() - member.days * day
  const wish = { password, name: member.name, handle: member.handle, acceptTerms: true, over14: true }
  try {
    if (member.email) await joinByMail(site, { ...wish, email: member.email }, at)
    else {
      const phoneProof = await prove(site, phone, 'sign-up')
      await site.ask('POST', '/api/accounts/registration', { body: { ...wish, phoneProof }, at })
    }
    const person = new Person(site, member, memory.people[member.handle]!.login)
    if (member.email) {
      const phoneProof = await prove(site, phone, 'verify')
      await person.ask('PUT', '/api/accounts/phone', { body: { phoneProof, password } })
    }
    if (member.bio) await editProfile(person, { bio: member.bio })
    await memory.keep()
    return person
  } catch (error) {
    delete memory.people[member.handle]
    throw error
  }
}

async function editProfile(person: Person, changes: { bio?: string; picture?: string }): Promise<void> {
  const path = `/api/accounts/users/${person.member.handle}`
  const { version } = await person.ask<{ version: number }>('GET', path)
  await person.ask('PATCH', path, { body: changes, headers: { 'if-match': `"${version}"` } })
}

/** Letters are of today: one that was sent months ago would be too old to be delivered. */
async function joinByMail(site: Site, wish: { email: string }, at: number): Promise<void> {
  const before = (await site.letters(wish.email)).length
  const path = '/api/accounts/registration'
  const { registration } = await site.ask<{ registration: string }>('POST', path, { body: wish })
  const code = await site.code(wish.email, before)
  await site.ask('POST', `${path}/verify-email`, { body: { registration, code }, at })
}

async function prove(site: Site, phone: string, purpose: 'sign-up' | 'verify'): Promise<string> {
  const to = `+82${phone.slice(1)}`
  const before = (await site.letters(to)).length
  const path = '/api/accounts/phone/codes'
  const { challenge } = await site.ask<{ challenge: string }>('POST', path, { body: { phone, purpose } })
  const code = await site.code(to, before)
  const checked = await site.ask<{ phoneProof: string }>('POST', `${path}/${challenge}/check`, { body: { code } })
  return checked.phoneProof
}

/** Hangs up the picture of somebody who has one. */
export async function portray(person: Person): Promise<void> {
  const { portrait, name } = person.member
  if (!portrait) return
  const file = await photograph(portrait.draw, portrait.scenery, { detail: portrait.detail, side: 480 })
  const picture = await person.upload(file, 'profile', name)
  await editProfile(person, { picture })
}
