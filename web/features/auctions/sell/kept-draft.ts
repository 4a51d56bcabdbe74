import type { SellValues } from './values.ts'

/** A draft as this browser keeps it: written with every change, before any network. */
export interface KeptDraft {
  /** The server's id; null while it exists only here. */
  id: string | null
  values: SellValues
  /** Whether the server has all of it. */
  isSaved: boolean
  at: number
}

const name = (account: string, id: string | null) => `draft.${account}.${id ?? 'new'}`

export function keepDraft(account: string, draft: KeptDraft): void {
  try {
    localStorage.setItem(name(account, draft.id), JSON.stringify(draft))
  } catch {
    // Full or shut storage: the server's copy has to do.
  }
}

export function draftKept(account: string, id: string | null): KeptDraft | null {
  try {
    return JSON.parse(localStorage.getItem(name(account, id)) ?? 'null') as KeptDraft | null
  } catch {
    return null
  }
}

export function forgetDraft(account: string, id: string | null): void {
  try {
    localStorage.removeItem(name(account, id))
  } catch {
    // As above.
  }
}

/** The draft one was last writing, so that coming back goes on with it. */
export function lastDraft(account: string): string | null {
  try {
    return localStorage.getItem(`draft.${account}.last`)
  } catch {
    return null
  }
}

export function keepLastDraft(account: string, id: string | null): void {
  try {
    if (id === null) localStorage.removeItem(`draft.${account}.last`)
    else localStorage.setItem(`draft.${account}.last`, id)
  } catch {
    // As above.
  }
}
