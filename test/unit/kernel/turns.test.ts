import { describe, expect, it } from 'vitest'
import { Turns } from '../../../worker/kernel/turns.ts'

describe('who says much at once', () => {
  it('is heard in turns, each in the order of what they said, and others between', async () => {
    const turns = new Turns<string>()
    const heard: string[] = []
    const say = (who: string, what: string) => turns.next(who).then(() => heard.push(who + what))
    const all = [say('a', '1'), say('a', '2'), say('a', '3'), say('b', '1'), say('b', '2')]
    expect([turns.isWaiting('a'), turns.isWaiting('c')]).toEqual([true, false])
    // What comes in while they wait has its moment before each of the others.
    setTimeout(() => heard.push('c'))
    await Promise.all(all)
    expect(heard.filter((one) => one !== 'c')).toEqual(['a1', 'b1', 'a2', 'b2', 'a3'])
    expect(heard.indexOf('c')).toBeLessThan(2)
    expect(turns.isWaiting('a')).toBe(false)
  })

  it('waits no longer once it is gone', async () => {
    const turns = new Turns<string>()
    const gone = [turns.next('a'), turns.next('a')]
    turns.release('a')
    await Promise.all(gone)
    const rest = [turns.next('a'), turns.next('b')]
    turns.releaseAll()
    await Promise.all(rest)
    expect(turns.isWaiting('b')).toBe(false)
  })
})
