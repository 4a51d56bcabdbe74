import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { offlineEmbedder } from '../../../relay/embedder/offline.ts'
import { dot } from '../../../relay/vectors/spread.ts'

const { floor, dimension } = offlineEmbedder
const words = async (text: string) => (await offlineEmbedder.embedWords(text, 1_000))!
const thing = async (title: string, content = '') => (await offlineEmbedder.embedThings([{ title, content }]))[0]!
const nearness = async (asked: string, title: string, content = '') =>
  dot(await words(asked), await thing(title, content))

describe('the offline embedder', () => {
  it('gives vectors of length 1, and of nothing nothing', async () => {
    const vector = await thing('필름 카메라', '셔터를 확인했어요')
    expect(vector).toHaveLength(dimension)
    expect(dot(vector, vector)).toBeCloseTo(1, 5)
    expect(dot(await words('…'), await words('…'))).toBe(0)
  })

  it('turns vectors only with a new version', async () => {
    const vectors = [await thing('필름 카메라 RTX3080', '가죽 끈 a bicycle'), await words('카매라')]
    const digest = createHash('sha256')
    for (const vector of vectors) digest.update(vector.map((value) => Math.round(value * 1e4)).join())
    expect([offlineEmbedder.id, digest.digest('base64url').slice(0, 12)]).toEqual(['offline/1/256', '3JYOYV7ZXghT'])
  })

  it.each([
    ['카매라', '카메라'],
    ['스케이트보두', '스케이트보드'],
    ['bycicle', 'bicycle'],
    ['몬스태라', '몬스테라'],
    ['guitr', '통기타'],
  ])('takes %s for a misspelt %s', async (asked, title) => {
    expect(await nearness(asked, title)).toBeGreaterThan(floor)
  })

  it.each([
    ['bike', '바구니 자전거'],
    ['fridge', '냉장고 300리터'],
    ['유모차', 'Compact stroller'],
    ['washing machine', '통돌이 세탁기'],
    ['핸드폰', '아이폰 15'],
    ['악기', 'Concert ukulele'],
    ['아령', '덤벨 10kg'],
  ])('knows that %s is near %s', async (asked, title) => {
    expect(await nearness(asked, title)).toBeGreaterThan(floor)
  })

  it.each([
    ['자전거', '냉장고'],
    ['camera', '식탁 의자'],
    ['zxqwv', '필름 카메라'],
  ])('knows that %s has nothing to do with %s', async (asked, title) => {
    expect(await nearness(asked, title)).toBeLessThan(floor)
  })

  it('hears a title before what is said below', async () => {
    expect(await nearness('카메라', '카메라', '의자')).toBeGreaterThan(await nearness('카메라', '의자', '카메라'))
  })
})
