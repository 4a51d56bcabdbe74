export interface SeenOptions {
  /** At most so often, ms. */
  everyMs: number
  /** Up to which fact everything is here. */
  reached: () => number
  /** False where there is no line to say it on. */
  send: (frame: { type: 'seen'; seq: number }) => boolean
}

/** Tells the other end of a live line up to where everything has come, some time after facts did. */
export function createSeen({ everyMs, reached, send }: SeenOptions) {
  let told = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function tell(): void {
    timer = undefined
    const seq = reached()
    if (seq > told && send({ type: 'seen', seq })) told = seq
  }

  return {
    /** To be called when facts came. All hear a fact at once; were they all to say so at once, a bid would wait for thousands. */
    soon(): void {
      timer ??= setTimeout(tell, everyMs * (1 + Math.random()))
    },
    /** The other end knows of this place, for it gave everything up to it. */
    known(seq: number): void {
      told = seq
    },
    close(): void {
      clearTimeout(timer)
    },
  }
}
