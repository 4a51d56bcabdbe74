/** What is told apart first: apps with a browser inside, then browsers that also name the one they are made of. */
const browsers: [RegExp, string][] = [
  [/\bKAKAOTALK\b/i, 'KakaoTalk'],
  [/\bNAVER\(inapp/i, 'Naver'],
  [/\bDaumApps\//, 'Daum'],
  [/\bLine\//, 'LINE'],
  [/\bInstagram\b/, 'Instagram'],
  [/\bFBAN\/|\bFBAV\//, 'Facebook'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bWhale\//, 'Whale'],
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOPT\/|\bOpera\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bHeadlessChrome\//, 'Headless Chrome'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const systems: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

/** "Chrome · Android" from what the browser says of itself; null when it says nothing we know. Order matters: most pretend to be others. */
export function deviceLabel(userAgent: string | undefined): string | null {
  const text = userAgent ?? ''
  const known = [named(browsers, text), named(systems, text)].filter((name) => name !== null)
  return known.length > 0 ? known.join(' · ') : null
}

function named(list: [RegExp, string][], text: string): string | null {
  return list.find(([pattern]) => pattern.test(text))?.[1] ?? null
}

/** "Seoul, KR" at the level of a town; null where the network does not tell. */
export function placeLabel(place: { city?: unknown; country?: unknown } | undefined): string | null {
  const parts = [place?.city, place?.country].filter((part) => typeof part === 'string' && part !== '')
  return parts.length > 0 ? parts.join(', ').slice(0, 100) : null
}
