import type { Lot } from './campaign.ts'
import { calm, isOfAudience, type Story, type Weather } from './story.ts'

/**
 * Makes a story that fails shorter for as long as it fails in the same way: steps go, in halves and then one by one, then shards,
 * bidders and viewers, then the weather becomes calm, piece by piece. Every step has its own chance, so those that stay do what they did.
 */
export async function shrink(failed: Lot, live: (story: Story) => Promise<Lot>): Promise<Lot> {
  const names = new Set(failed.faults.map(({ name }) => name))
  let best = failed
  for (let isShorter = true; isShorter;) {
    isShorter = false
    for (const story of shorter(best.story)) {
      const lot = await live(story)
      if (!lot.faults.some(({ name }) => names.has(name))) continue
      best = lot
      isShorter = true
      break
    }
  }
  return best
}

function* shorter(story: Story): Generator<Story> {
  const { steps, viewers, audience, weather } = story
  for (let size = Math.ceil(steps.length / 2); size > 0; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let from = 0; from < steps.length; from += size)
      yield { ...story, steps: [...steps.slice(0, from), ...steps.slice(from + size)] }
  if (audience) {
    const { bidders, windows } = audience
    yield { ...story, audience: null, steps: steps.filter(({ what }) => !isOfAudience(what)) }
    for (const who of bidders)
      yield { ...story, audience: { ...audience, bidders: bidders.filter((one) => one !== who) } }
    if (windows.length > 1) yield { ...story, audience: { ...audience, windows: windows.slice(0, -1) } }
  }
  if (viewers > 0) yield { ...story, viewers: viewers - 1 }
  for (const name of Object.keys(calm) as (keyof Weather)[])
    if (JSON.stringify(weather[name]) !== JSON.stringify(calm[name]))
      yield { ...story, weather: { ...weather, [name]: calm[name] } }
}
