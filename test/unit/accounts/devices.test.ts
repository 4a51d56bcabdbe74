import { describe, expect, it } from 'vitest'
import { deviceLabel, placeLabel } from '../../../worker/accounts/rules/device.ts'

describe('names the device behind a sign-in', () => {
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'
  const galaxy = `Mozilla/5.0 (Linux; Android 16; SM-S931N) ${webkit}`
  const inApp = `Mozilla/5.0 (Linux; Android 16; SM-S931N Build/BP2A.250605.031; wv) ${webkit} Version/4.0`
  const windows = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit}`
  const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)'
  const linux = `Mozilla/5.0 (X11; Linux x86_64) ${webkit}`
  const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
  const ipad = 'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'

  it.each([
    ['Chrome · Windows', `${windows} Chrome/141.0.0.0 Safari/537.36`],
    ['Chrome · macOS', `${mac} ${webkit} Chrome/141.0.0.0 Safari/537.36`],
    ['Chrome · Linux', `${linux} Chrome/141.0.0.0 Safari/537.36`],
    ['Chrome · Android', `Mozilla/5.0 (Linux; Android 10; K) ${webkit} Chrome/141.0.0.0 Mobile Safari/537.36`],
    ['Chrome · iPhone', `${iphone} CriOS/141.0.7390.41 Mobile/15E148 Safari/604.1`],
    ['Chrome · ChromeOS', `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${webkit} Chrome/141.0.0.0 Safari/537.36`],
    ['Headless Chrome · Linux', `${linux} HeadlessChrome/141.0.0.0 Safari/537.36`],
    ['Edge · Windows', `${windows} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`],
    ['Edge · Android', `${galaxy} Chrome/141.0.0.0 Mobile Safari/537.36 EdgA/141.0.0.0`],
    ['Edge · iPhone', `${iphone} Version/18.0 EdgiOS/141.0.3537.60 Mobile/15E148 Safari/604.1`],
    ['Samsung Internet · Android', `${galaxy} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`],
    ['Whale · Windows', `${windows} Chrome/140.0.0.0 Whale/4.34.340.19 Safari/537.36`],
    ['Whale · Android', `${galaxy} Chrome/138.0.0.0 Whale/1.0.0.0 Crosswalk/29.138.0.22 Mobile Safari/537.36`],
    ['Whale · iPhone', `${iphone} Version/16.1 Whale/3.9.2 Mobile/15E148 Safari/604.1`],
    ['KakaoTalk · Android', `${inApp} Chrome/141.0.7390.43 Mobile Safari/537.36;KAKAOTALK 2510920`],
    ['KakaoTalk · iPhone', `${iphone} Mobile/15E148 KAKAOTALK/25.8.2 (INAPP)`],
    [
      'Naver · Android',
      `${inApp} Chrome/141.0.7390.43 Whale/1.0.0.0 Crosswalk/29 Mobile Safari/537.36 NAVER(inapp; search; 2000; 12.13.51)`,
    ],
    ['Naver · iPhone', `${iphone} Version/16.0 Mobile/15E148 Safari/604.1 NAVER(inapp; search; 2000; 12.13.5; 16PRO)`],
    ['Daum · Android', `${inApp} Chrome/141.0.7390.43 Mobile Safari/537.36 DaumApps/8.3.0 DaumDevice/mobile`],
    ['LINE · iPhone', `${iphone} Mobile/15E148 Safari Line/15.15.0`],
    [
      'Instagram · Android',
      `${inApp} Chrome/141.0.7390.43 Mobile Safari/537.36 Instagram 401.0.0.48.79 Android (35/15)`,
    ],
    ['Facebook · iPhone', `${iphone} Mobile/15E148 [FBAN/FBIOS;FBAV/531.0.0.39.72;FBBV/1]`],
    ['Opera · Windows', `${windows} Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0`],
    ['Firefox · Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0'],
    ['Firefox · macOS', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:144.0) Gecko/20100101 Firefox/144.0'],
    ['Firefox · Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0'],
    ['Firefox · Android', 'Mozilla/5.0 (Android 16; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0'],
    ['Firefox · iPhone', `${iphone} FxiOS/144.0 Mobile/15E148 Safari/604.1`],
    ['Safari · iPhone', `${iphone} Version/18.6 Mobile/15E148 Safari/604.1`],
    ['Safari · iPad', `${ipad} Version/18.6 Mobile/15E148 Safari/604.1`],
    ['Safari · macOS', `${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15`],
    // An app of its own that shows pages says the device and nothing else.
    ['iPhone', `${iphone} Mobile/15E148`],
  ])('%s', (label, userAgent) => {
    expect(deviceLabel(userAgent)).toBe(label)
  })

  it('says nothing about what it does not know', () => {
    expect(deviceLabel(undefined)).toBeNull()
    expect(deviceLabel('node')).toBeNull()
  })
})

describe('names the place at the level of a town', () => {
  it('with the country', () => {
    expect(placeLabel({ city: 'Jeju', country: 'KR' })).toBe('Jeju, KR')
  })

  it('as far as it is known', () => {
    expect(placeLabel({ country: 'KR' })).toBe('KR')
    expect(placeLabel({})).toBeNull()
    expect(placeLabel(undefined)).toBeNull()
  })
})
