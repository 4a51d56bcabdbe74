import type { LoginId } from '../../contract/ids.ts'

/** Sign-ins that end while a socket of theirs is on its way in: it must not come in by what was looked up before. */
export class Endings {
  private readonly watching = new Set<{ login: LoginId; code: number | null }>()

  /** Answers, and stops watching, with the code that ended the sign-in meanwhile, or null. */
  watch(login: LoginId): () => number | null {
    const watched = { login, code: null as number | null }
    this.watching.add(watched)
    return () => {
      this.watching.delete(watched)
      return watched.code
    }
  }

  end(logins: LoginId[] | 'all', code: number): void {
    for (const watched of this.watching) if (logins === 'all' || logins.includes(watched.login)) watched.code = code
  }
}
