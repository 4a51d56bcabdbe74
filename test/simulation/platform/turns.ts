interface Confirmable {
  /** When the platform knows that it is on disk. */
  confirmedAt: number
}

/** Turns of an object that are written and not confirmed, in their order: what a crash may take back. */
export class Turns<Turn extends Confirmable> {
  private readonly open: Turn[] = []

  get isEmpty(): boolean {
    return this.open.length === 0
  }

  /** When all that is open is confirmed: now, where nothing is. What has been confirmed by now is forgotten. */
  confirmedAt(now: number): number {
    this.forgetConfirmed(now)
    return this.open.at(-1)?.confirmedAt ?? now
  }

  add(turn: Turn): void {
    this.open.push(turn)
  }

  /**
   * The power goes. Of so many `kept` have reached the disk all the same, and are what the next life finds: no later crash takes them
   * back. The first of the others, which are lost, is returned.
   */
  lose(now: number, kept: (unconfirmed: number) => number): Turn | undefined {
    this.forgetConfirmed(now)
    const unconfirmed = this.open.splice(0)
    return unconfirmed[kept(unconfirmed.length)]
  }

  private forgetConfirmed(now: number): void {
    const first = this.open.findIndex(({ confirmedAt }) => confirmedAt > now)
    this.open.splice(0, first === -1 ? this.open.length : first)
  }
}
