export interface ReaderWords {
  said: (name: string, text: string) => string
  newSpoken: (count: number, last: string) => string
}

/** What is spoken of at most, one after the other; more are counted and the last is told. */
const mostSpoken = 3

/**
 * Reads new messages to those who do not see them: author and text, gathered while the region rests, so that a lively room is
 * no waterfall and a quiet one is heard at once.
 */
export function createReader(options: {
  words: ReaderWords
  say: (text: string) => void
  everyMs: number
  now?: () => number
}) {
  const { words, say, everyMs } = options
  const now = options.now ?? Date.now
  let waiting: { name: string; text: string }[] = []
  let spokenAt = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined

  function speak(): void {
    timer = undefined
    spokenAt = now()
    const heard = waiting.map(({ name, text }) => words.said(name, text))
    waiting = []
    const last = heard.at(-1)
    if (last === undefined) return
    say(heard.length <= mostSpoken ? heard.join('. ') : words.newSpoken(heard.length, last))
  }

  return {
    hear(name: string, text: string): void {
      waiting.push({ name, text })
      timer ??= setTimeout(speak, Math.max(0, spokenAt + everyMs - now()))
    },
    close(): void {
      clearTimeout(timer)
    },
  }
}
