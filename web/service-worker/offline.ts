import { languageOf, languages } from '../i18n/language.ts'

/** The number rises with the files: an older set is dropped. */
const kept = 'offline-1'
const fileOf = (language: string) => `/offline.${language}.html`

/** Static files, the same for everyone. */
export async function keepOfflinePage(): Promise<void> {
  const cache = await caches.open(kept)
  await cache.addAll(languages.map((language) => new Request(fileOf(language), { cache: 'reload' })))
  for (const name of await caches.keys()) if (name.startsWith('offline-') && name !== kept) await caches.delete(name)
}

/** Made anew: where files lose their ending by a redirect, the kept answer says so, and browsers take no such page. */
export async function offlinePage(url: string): Promise<Response | undefined> {
  const page = await caches.match(fileOf(languageOf(new URL(url).pathname)))
  return page && new Response(page.body, { headers: page.headers })
}
