import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { networkOf } from '../../../worker/kernel/networks.ts'

describe('the network of an address', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:9::1', '2001:db8:0:0::/64'],
    ['2001:db8::2:3:4:5:6', '2001:db8:0:2::/64'],
    ['2001:db8:1:2:3::192.0.2.1', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8::', '2001:db8:0:0::/64'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  it('is one for all of a /64, however they are written, and another for the next', () => {
    const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }))
    const groups = (count: number) => fc.array(group, { minLength: count, maxLength: count })
    fc.assert(
      fc.property(groups(4), groups(4), groups(4), fc.nat(3), (network, one, other, place) => {
        const neighbours = [...written([...network, ...one]), ...written([...network, ...other])]
        expect(new Set(neighbours.map(networkOf)).size).toBe(1)
        const next = network.map((value, index) => (index === place ? value ^ 1 : value))
        expect(networkOf(written([...next, ...one])[0] ?? '')).not.toBe(networkOf(neighbours[0] ?? ''))
      }),
    )
  })
})

/** Every way to write eight groups: whole, with leading zeros, and with each run of zeros left out. */
function written(groups: number[]): string[] {
  const texts = groups.map((group) => group.toString(16))
  const compressed = groups.flatMap((_, from) =>
    groups.slice(from).flatMap((_, length) => {
      const run = groups.slice(from, from + length + 1)
      if (run.some((group) => group !== 0)) return []
      return `${texts.slice(0, from).join(':')}::${texts.slice(from + length + 1).join(':')}`
    }),
  )
  return [texts.join(':'), texts.map((text) => text.padStart(4, '0').toUpperCase()).join(':'), ...compressed]
}
