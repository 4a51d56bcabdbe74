/**
 * Who says much at once is heard in turns: one frame of one, then whatever came in meanwhile, then one of the next. The platform hands an
 * object what it was sent in the order it came, so two hundred frames of one socket would be two hundred pieces of work before the one
 * frame of anybody else.
 */
export class Turns<Who> {
  /** Frames that wait, each of one person in the order they came. */
  private readonly waiting = new Map<Who, (() => void)[]>()
  private timer: ReturnType<typeof setTimeout> | null = null

  /** Whether something waits that it said earlier. */
  isWaiting(who: Who): boolean {
    return this.waiting.has(who)
  }

  /** Resolves when it is this frame's turn. */
  next(who: Who): Promise<void> {
    return new Promise((resolve) => {
      const line = this.waiting.get(who)
      if (line) line.push(resolve)
      else this.waiting.set(who, [resolve])
      this.timer ??= setTimeout(() => this.take(), 0)
    })
  }

  /** Whoever went, or must not wait any longer: all that waits of it goes on at once. */
  release(who: Who): void {
    const line = this.waiting.get(who) ?? []
    this.waiting.delete(who)
    for (const go of line) go()
  }

  releaseAll(): void {
    for (const who of this.waiting.keys()) this.release(who)
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  private take(): void {
    this.timer = null
    const [first] = this.waiting
    if (first === undefined) return
    const [who, line] = first
    const go = line.shift()
    // Behind all others who wait.
    this.waiting.delete(who)
    if (line.length > 0) this.waiting.set(who, line)
    go?.()
    if (this.waiting.size > 0) this.timer = setTimeout(() => this.take(), 0)
  }
}
