import { existsSync } from 'node:fs'

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium']

/** The browser of this computer, or null where there is none: in CI that is an error, elsewhere the journeys are skipped. */
export function findChromium(): string | null {
  const path = [process.env['CHROME_PATH'], ...usual].find((one) => one !== undefined && existsSync(one))
  if (path) return path
  const how = 'No Chromium found. Debian: apt-get install chromium fonts-noto-cjk; elsewhere set CHROME_PATH.'
  if (process.env['CI'] === 'true') throw new Error(how)
  console.warn(`The browser journeys are skipped. ${how}`)
  return null
}
