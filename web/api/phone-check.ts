import { createSignal } from 'solid-js'
import { session } from './session.ts'

interface Wish {
  done: (verified: boolean) => void
}

const [wish, setWish] = createSignal<Wish | null>(null)

/** Reactive: somebody waits for the phone to be verified. The layout answers by opening the sheet. */
export { wish as phoneCheckWanted }

/**
 * For selling and bidding: true at once for a trader, otherwise opens the sheet in which the phone is verified, over
 * whatever is on the screen, and tells how it ended. For people signed in.
 */
export function verifyPhone(): Promise<boolean> {
  if (session.isTrader()) return Promise.resolve(true)
  wish()?.done(false)
  return new Promise((resolve) => {
    setWish({
      done(verified) {
        setWish(null)
        resolve(verified)
      },
    })
  })
}
